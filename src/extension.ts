import * as vscode from 'vscode';
import { systemClock } from './core/model/clock';
import { Redactor } from './core/model/redactor';
import { GitHubSessions } from './host/auth/gitHubSessions';
import { signIn } from './host/auth/signIn';
import { grantTeamAccess } from './host/auth/teamAccess';
import { ChangeBadge } from './host/background/changeBadge';
import { chooseBackgroundRepositories } from './host/background/chooseRepositories';
import { RepositoryKeeper } from './host/background/repositoryKeeper';
import { showChanges } from './host/changes/changesPick';
import { CoreAccess } from './host/coreAccess';
import { DetailsPage } from './host/details/detailsPage';
import { editorLocalizer } from './host/editorLocalizer';
import { ExportCommand } from './host/export/exportCommand';
import { FilterPick } from './host/filter/filterPick';
import { FilterState } from './host/filter/filterState';
import { Lazy } from './host/lazy';
import { OverviewPanel } from './host/panel/overviewPanel';
import { CheckedOutBranches } from './host/git/checkedOutBranches';
import { MarkCommands } from './host/myWork/markCommands';
import { Marks } from './host/myWork/marks';
import { Me } from './host/myWork/me';
import { MyWorkView } from './host/myWork/myWorkView';
import { ProjectCommands } from './host/projects/projectCommands';
import { ProjectScope } from './host/projects/projectScope';
import { SeedRound } from './host/projects/seedRound';
import { redactedLog } from './host/redactedLog';
import { GitRemotes } from './host/git/gitRemotes';
import { SeedCommands } from './host/seed/seedCommands';
import { SeedRunner } from './host/seed/seedRunner';
import { Settings } from './host/settings';
import { ErrorReporter } from './host/showError';
import { StatusBar } from './host/statusBar';
import { StatusSource } from './host/statusSource';
import { watchStorage } from './host/storageWatcher';
import { StorageCommands } from './host/storage/storageCommands';
import { StoreAccess } from './host/storeAccess';
import { registerTools } from './host/tools/registerTools';
import { copyPullRequestLink, copyPullRequestMarkdown, copyPullRequestNumber, openPullRequest } from './host/tree/pullRequestCommands';
import { choosePeopleRole, PeopleRoleState } from './host/tree/peopleRole';
import { PullRequestsExtension } from './host/tree/pullRequestsExtension';
import { SHOW_MORE_COMMAND } from './host/tree/treeItem';
import { TreeViews } from './host/tree/treeViews';
import { ViewState } from './host/viewState';

/** What has to be finished before the window is gone. */
let finish: (() => Promise<void>) | undefined;

/** Puts the parts together. Everything is registered at once; nothing here waits for disk or network. */
export function activate(context: vscode.ExtensionContext): void {
	const keep = <T extends vscode.Disposable>(disposable: T): T => {
		context.subscriptions.push(disposable);
		return disposable;
	};
	const redactor = new Redactor();
	const log = keep(redactedLog(vscode.window.createOutputChannel('PR Seeder', { log: true }), redactor));
	const errors = keep(new ErrorReporter(log));
	const note = (error: unknown) => errors.write(error);

	const core = new CoreAccess(context, log);
	const settings = keep(new Settings());
	const sessions = keep(new GitHubSessions(log, redactor, context.globalState));
	const store = keep(new StoreAccess(() => core.openStore(), note));
	const seeder = new Lazy(async () => core.makeService(await store.get()));
	const service = () => seeder.get();
	const runner: SeedRunner = keep(new SeedRunner(service, sessions, settings, systemClock, (ref) => background.makeWay(ref)));
	const state = keep(new ViewState({ store, sessions, runner, onDidFail: note }));
	const me = keep(new Me({ sessions, stuckDays: () => settings.stuckDays, clock: systemClock }));
	const filter = keep(new FilterState(context.workspaceState, () => me.asker));
	const scope = keep(new ProjectScope(context.workspaceState, () => settings.projects(), settings.onDidChange));
	const role = keep(new PeopleRoleState(context.workspaceState));
	const views = keep(new TreeViews({ store: store.get, filter, scope, role, staleDays: () => settings.staleDays, clock: systemClock, onDidFail: (error) => state.fail(error) }));
	const marks = new Marks(context.globalState);
	const branches = keep(new CheckedOutBranches(() => sessions.usableHosts().map(({ host }) => host)));
	const myWork = keep(new MyWorkView({ store, me, marks, branches, scope, settings, clock: systemClock, onDidFail: (error) => state.fail(error) }));
	const markCommands = new MarkCommands(marks, systemClock);
	const filterPick = new FilterPick(filter, store.get, scope);
	const details = keep(new DetailsPage({ store: store.get, onDidChange: store.onDidChange, clock: systemClock }));
	const pullRequests = keep(new PullRequestsExtension());
	const background = keep(
		new RepositoryKeeper({ core, service, runner, sessions, settings, clock: systemClock, log, onDidFail: note }),
	);
	const seen = {
		get isVisible() {
			return views.isVisible || myWork.isVisible;
		},
		onDidChangeVisibility: (listener: () => void) => vscode.Disposable.from(views.onDidChangeVisibility(listener), myWork.onDidChangeVisibility(listener)),
		showBadge: (changes: vscode.ViewBadge | undefined) => myWork.showChanges(changes),
	};
	const badge = keep(new ChangeBadge({ store, views: seen, keeper: context.globalState, clock: systemClock, l10n: editorLocalizer }));
	const status = new StatusSource({ runner, background, state, settings, clock: systemClock });
	const round = new SeedRound({ runner, log, note });
	const seeds = new SeedCommands({
		runner,
		round,
		sessions,
		settings,
		clock: systemClock,
		remotes: new GitRemotes(log),
		store: store.get,
		service,
		fetchOwn: core.fetchOwn(service),
		background,
		log,
	});

	const exporting = new ExportCommand({ storage: context.globalStorageUri, store: store.get, filter, scope, staleDays: () => settings.staleDays });
	const storage = new StorageCommands({
		folder: context.globalStorageUri,
		store: store.get,
		service,
		seeds,
		runner,
		background,
		clock: systemClock,
		runExport: () => exporting.run(),
	});
	const projects = new ProjectCommands({ scope, round, store: store.get });

	const overview = keep(
		new OverviewPanel({
			extensionUri: context.extensionUri,
			store: store.get,
			filter,
			scope,
			staleDays: () => settings.staleDays,
			clock: systemClock,
			onDidChange: [store.onDidChange, settings.onDidChange, scope.onDidChange],
			note,
		}),
	);

	// A part of the work was counted in what was shown before.
	keep(scope.onDidChange(() => filter.applyWork(undefined)));
	keep(registerTools({ store: store.get, staleDays: () => settings.staleDays, clock: systemClock }));
	keep(new StatusBar(status));
	keep(sessions.onDidChange(() => errors.clearHint()));
	keep(store.onDidChange(() => views.refresh()));
	keep(state.onDidChange(() => views.showProblem(state.problem)));
	keep(
		watchStorage(context.globalStorageUri, {
			saved: () => {
				store.refresh();
				badge.schedule();
			},
			lookedAt: () => store.lookedAt(),
		}),
	);
	keep(runner.onDidEnd(() => store.lookedAt()));

	// Nothing is read before somebody looks, asks for something, or wants repositories kept up to date.
	keep(seen.onDidChangeVisibility(() => void state.start()));
	keep(me.onDidChange(() => views.refresh()));
	keep(
		background.onDidBegin(() => {
			void state.start();
			void badge.update();
		}),
	);

	const refresh = () => (scope.project ? projects.refresh(scope.project) : seeds.refreshAll());
	const commands: Record<string, (argument?: unknown, selected?: unknown) => unknown> = {
		'prSeeder.seed': (target) => seeds.seed(target),
		'prSeeder.seedRepository': (node) => seeds.seedNode(node),
		'prSeeder.seedWithOptions': (target) => seeds.seedWithOptions(target),
		'prSeeder.verifyRepository': (node) => seeds.verify(node),
		'prSeeder.refresh': refresh,
		'prSeeder.clearRepository': (node) => seeds.clear(node),
		'prSeeder.showStorage': () => storage.show(),
		'prSeeder.export': () => exporting.run(),
		'prSeeder.openStorageFolder': () => storage.openFolder(),
		'prSeeder.clearAll': () => storage.clearAll(),
		'prSeeder.chooseProject': () => projects.choose(),
		'prSeeder.seedProject': (target) => projects.seed(target),
		'prSeeder.signIn': (target) => signIn(sessions, target, () => seeds.seed()),
		'prSeeder.grantTeamAccess': (target) => grantTeamAccess(sessions, seeds.named(target), (ref) => (ref ? seeds.refresh(ref) : refresh())),
		'prSeeder.showWorkload': () => overview.show('workload'),
		'prSeeder.showMilestones': () => overview.show('milestones'),
		'prSeeder.showChanges': () => showChanges({ store: store.get, scope, lastVisit: () => badge.lastVisit, now: () => systemClock.now(), show: (page) => details.showPage(page) }),
		'prSeeder.openPullRequest': openPullRequest,
		'prSeeder.copyPullRequestLink': copyPullRequestLink,
		'prSeeder.copyPullRequestNumber': copyPullRequestNumber,
		'prSeeder.copyPullRequestMarkdown': copyPullRequestMarkdown,
		'prSeeder.showPullRequest': (node) => details.show(node),
		'prSeeder.openInPullRequestsExtension': (node) => pullRequests.open(node),
		'prSeeder.checkOutPullRequest': (node) => pullRequests.checkOut(node),
		'prSeeder.pinPullRequest': (node, selected) => markCommands.pin(node, selected, true),
		'prSeeder.unpinPullRequest': (node, selected) => markCommands.pin(node, selected, false),
		'prSeeder.snoozePullRequest': (node, selected) => markCommands.snooze(node, selected),
		'prSeeder.wakePullRequest': (node, selected) => markCommands.wake(node, selected),
		'prSeeder.filter': () => filterPick.show(),
		'prSeeder.clearFilter': () => filter.clear(),
		'prSeeder.sort': () => filterPick.showOrder(),
		'prSeeder.choosePeopleRole': () => choosePeopleRole(role),
		'prSeeder.chooseBackgroundRepositories': () => chooseBackgroundRepositories(settings, store.get),
		'prSeeder.showStatus': () => status.showPick(),
		'prSeeder.showLog': () => log.show(),
		'prSeeder.retry': async () => {
			await state.readStore();
			views.refresh();
			myWork.schedule();
		},
		[SHOW_MORE_COMMAND]: (node) => views.showMore(node),
	};
	for (const [id, run] of Object.entries(commands)) {
		const guarded = errors.guard(run);
		const runStarted = (...parameters: Parameters<typeof run>) => {
			void state.start();
			return guarded(...parameters);
		};
		keep(vscode.commands.registerCommand(id, runStarted));
	}

	finish = async () => {
		await background.stop();
		await runner.stop();
		await store.close();
	};
}

export async function deactivate(): Promise<void> {
	await finish?.();
	finish = undefined;
}
