import { serve } from "../../lab/serve.ts";
import { createRace } from "./experiment.ts";

serve(createRace, self as unknown as Parameters<typeof serve>[1]);
