/** The address of a page of the course, below the base path it is served from: `link("lessons/01-deep/")`. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}/${path}`;
}
