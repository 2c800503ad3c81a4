import { serve } from "../../lab/serve.ts";
import { createOwnGptTrainer } from "./experiment.ts";

serve(createOwnGptTrainer, self as unknown as Parameters<typeof serve>[1]);
