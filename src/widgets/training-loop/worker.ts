import { serve } from "../../lab/serve.ts";
import { createLoop } from "./trainer.ts";

serve(createLoop, self as unknown as Parameters<typeof serve>[1]);
