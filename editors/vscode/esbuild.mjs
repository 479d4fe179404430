import { build } from 'esbuild';

const shared = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', minify: true, external: ['vscode'] };
await build({ ...shared, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' });
await build({ ...shared, entryPoints: ['src/finding.ts'], outfile: 'dist/finding.js', minify: false });
