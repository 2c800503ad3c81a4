/** `npm run course-text`: copies the sentences of the lessons as they are now for the networks that learn from them. */
import { writeFileSync } from "node:fs";
import { COURSE_TEXT, gatherCourseText } from "./data/course-text.ts";

const paragraphs = gatherCourseText();
writeFileSync(COURSE_TEXT, `${paragraphs.join("\n")}\n`);
console.log(`${paragraphs.length} paragraphs in ${COURSE_TEXT}`);
