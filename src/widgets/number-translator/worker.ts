import { serve } from "../../lab/serve.ts";
import { createTranslators } from "./experiment.ts";

serve(createTranslators, self as unknown as Parameters<typeof serve>[1]);
