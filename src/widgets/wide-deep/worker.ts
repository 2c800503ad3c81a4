import { serve } from "../../lab/serve.ts";
import { createContest } from "./experiment.ts";

serve(createContest, self as unknown as Parameters<typeof serve>[1]);
