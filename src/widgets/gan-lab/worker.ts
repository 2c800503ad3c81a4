import { serve } from "../../lab/serve.ts";
import { createGanTrainer } from "./experiment.ts";

serve(createGanTrainer, self as unknown as Parameters<typeof serve>[1]);
