import { serve } from "../../lab/serve.ts";
import { createPlaygroundTrainer } from "./network.ts";

serve(createPlaygroundTrainer, self as unknown as Parameters<typeof serve>[1]);
