import assert from 'node:assert/strict';
import { coveredRules, rulesInScope } from './rule-titles.js';

describe('the rules that tests name', () => {
  it('are those that the title of a test begins with', () => {
    const source = [
      `it('C-44, C-46: prints lines', () => {`,
      `  it("AI-040 C-7 is not a list", () => {`,
      'it(`C-79: ${line}`, async () => {',
      `describe('C-1 and C-2', () => {`,
      `it(\n  'C-20 to C-22: pairs',`,
      `it('mentions C-99', () => {`,
    ].join('\n');
    assert.deepEqual([...coveredRules(source)].sort(), ['C-1', 'C-2', 'C-20', 'C-21', 'C-22', 'C-44', 'C-46', 'C-79']);
  });

  it('are in scope but for projects and development', () => {
    assert.equal(rulesInScope().length, 78);
    assert.ok(!rulesInScope().includes('C-73'));
  });
});
