import { serve } from "../../lab/serve.ts";
import { createForger } from "./experiment.ts";

serve(createForger, self as unknown as Parameters<typeof serve>[1]);
