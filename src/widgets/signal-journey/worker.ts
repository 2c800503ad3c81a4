import { serve } from "../../lab/serve.ts";
import { createJourney } from "./journey.ts";

serve(createJourney, self as unknown as Parameters<typeof serve>[1]);
