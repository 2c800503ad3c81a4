import { useRecord } from "../../learner/use-record.ts";
import "./course-map.css";

export interface PlacedIdea {
  readonly name: string;
  readonly widget: string;
  /** The widget's title. */
  readonly title: string;
  readonly href: string;
}

export interface PlacedBranch {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly ideas: readonly PlacedIdea[];
}

/** Every idea of the course under its branch, with the goals the learner has reached in its widget. */
export function CourseMapView({ branches }: { branches: readonly PlacedBranch[] }) {
  const { goals } = useRecord();
  return (
    <div class="course-map">
      <p class="course-map-root">딥러닝</p>
      <ul class="course-map-branches">
        {branches.map(({ id, title, question, ideas }) => (
          <li key={id} class="course-map-branch">
            <p>
              <strong>{title}</strong> <small>{question}</small>
            </p>
            <ul>
              {ideas.map(({ name, widget, title, href }) => {
                const reached = goals[widget]?.length ?? 0;
                return (
                  <li key={`${widget} ${name}`}>
                    <a href={href}>
                      <span>{name}</span>
                      <small>
                        {title}
                        {reached > 0 && `, 이룬 목표 ${reached}개`}
                      </small>
                    </a>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
