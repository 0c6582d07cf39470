import assert from 'node:assert/strict';
import { extensionOfKind, kindAsSent, kindByName } from '../../src/lib/artifact/kind-by-name.js';

describe('kindByName', () => {
  const cases: readonly [string, string | undefined, boolean][] = [
    ['a.js', 'nodejs:default', false],
    ['a.mjs', 'nodejs:default', false],
    ['a.cjs', 'nodejs:default', false],
    ['a.ts', 'typescript:default', false],
    ['a.py', 'python:default', false],
    ['a.php', 'php:default', false],
    ['a.rb', 'ruby:default', false],
    ['a.go', 'go:default', false],
    ['a.rs', 'rust:default', false],
    ['a.swift', 'swift:default', false],
    ['a.java', 'java:default', false],
    ['a.jar', 'java:default', true],
    ['a.cs', 'dotnet:default', false],
    ['a.bal', 'ballerina:default', false],
    ['a.balx', 'ballerina:default', true],
    ['dir.x/A.JS', 'nodejs:default', false],
    ['a.zip', undefined, false],
    ['a.foo', undefined, false],
    ['js', undefined, false],
    ['.js', undefined, false],
  ];
  for (const [path, kind, binary] of cases) {
    it(`C-33: takes ${path} for ${kind ?? 'nothing known'}`, () => {
      assert.deepEqual(kindByName(path), kind === undefined ? undefined : { kind, binary });
    });
  }
});

describe('kindAsSent', () => {
  it('C-33: gives a bare family its default version and sends everything else as typed', () => {
    assert.equal(kindAsSent('nodejs'), 'nodejs:default');
    assert.equal(kindAsSent('nodejs:20'), 'nodejs:20');
    assert.equal(kindAsSent('something'), 'something');
    assert.equal(kindAsSent('nodejs:Nope'), 'nodejs:Nope');
  });
});

describe('extensionOfKind', () => {
  it('names source files by family, archives zip and Java archives jar', () => {
    assert.equal(extensionOfKind('nodejs:20', false), '.js');
    assert.equal(extensionOfKind('python:3', false), '.py');
    assert.equal(extensionOfKind('python:3', true), '.zip');
    assert.equal(extensionOfKind('java:8', true), '.jar');
    assert.equal(extensionOfKind('blackbox', false), '');
  });
});
