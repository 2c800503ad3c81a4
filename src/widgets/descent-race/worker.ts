import { serve } from "../../lab/serve.ts";
import { createDescent } from "./trainer.ts";

serve(createDescent, self as unknown as Parameters<typeof serve>[1]);
