/** What each topic is about, for the list of topics. */
export const topicSummaries: Readonly<Record<string, string>> = {
  action: 'create, change, read and invoke actions',
  activation: 'records, results and logs of activations',
  api: 'routes that expose actions',
  completion: 'completion of command lines in shells',
  config: 'settings of rt itself',
  context: 'named connections',
  kind: 'the runtime kinds that the platform offers',
  namespace: 'what a namespace holds, its limits and its log forwarding',
  'namespace:log-forwarding': 'where the logs of the namespace go',
  package: 'packages and bindings',
  platform: 'the local platform: start, stop, look inside',
  project: 'deploy and undeploy projects',
  property: 'the settings in .wskprops',
  rule: 'rules between triggers and actions',
  trigger: 'triggers and how to fire them',
};
