import { serve } from "../../lab/serve.ts";
import { createAnswers } from "./trainer.ts";

serve(createAnswers, self as unknown as Parameters<typeof serve>[1]);
