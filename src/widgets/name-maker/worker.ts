import { serve } from "../../lab/serve.ts";
import { createNameTrainer } from "./experiment.ts";

serve(createNameTrainer, self as unknown as Parameters<typeof serve>[1]);
