/** How many pull requests of a group are shown at first, and how many "Show more" adds. */
export const PAGE_SIZE = 200;
