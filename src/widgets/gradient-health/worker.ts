import { serve } from "../../lab/serve.ts";
import { healthTrainers } from "./trainer.ts";

serve(healthTrainers(), self as unknown as Parameters<typeof serve>[1]);
