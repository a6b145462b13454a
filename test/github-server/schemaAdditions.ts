/**
 * What GitHub's schema has today and the installed copy of it lacks: every assignee, bots too (added 2025-04-15), and enterprise teams as
 * reviewers. https://docs.github.com/graphql/overview/changelog
 */
export const schemaAdditions = `
extend interface Assignable { assignedActors(after: String, before: String, first: Int, last: Int): AssigneeConnection! }
extend type Issue { assignedActors(after: String, before: String, first: Int, last: Int): AssigneeConnection! }
extend type PullRequest { assignedActors(after: String, before: String, first: Int, last: Int): AssigneeConnection! }
type AssigneeConnection { edges: [AssigneeEdge] nodes: [Assignee] pageInfo: PageInfo! totalCount: Int! }
type AssigneeEdge { cursor: String! node: Assignee }
type EnterpriseTeam implements Node {
	createdAt: DateTime!
	databaseId: Int
	id: ID!
	name: String!
	resourcePath: URI!
	slug: String!
	updatedAt: DateTime!
	url: URI!
}
extend union RequestedReviewer = EnterpriseTeam
`;
