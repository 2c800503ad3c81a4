import { serve } from "../../lab/serve.ts";
import { createTrial } from "./trial.ts";

serve(createTrial, self as unknown as Parameters<typeof serve>[1]);
