// Required by mocha: makes the package once, before the processes that share it begin.
import { makePackage, PACKAGE_VARIABLE } from '../e2e/packagedExtension';

export async function mochaGlobalSetup(): Promise<void> {
	process.env[PACKAGE_VARIABLE] = await makePackage();
}
