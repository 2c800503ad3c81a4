import { serve } from "../../lab/serve.ts";
import { createSentimentTrainer } from "./experiment.ts";

serve(createSentimentTrainer, self as unknown as Parameters<typeof serve>[1]);
