/**
 * The catalogue of texts that the REST API sends (openwhisk-api.md §3.2, §3.3, §21 and the tables of the collections).
 * Clients match on them: spelling mistakes of the reference ("segement") are kept on purpose.
 */
export const messages = {
  // Routing layer, §3.2.
  authenticationMissing: 'The resource requires authentication, which was not supplied with the request',
  authenticationInvalid: 'The supplied authentication is invalid',
  entityExpected: 'Request entity expected but not supplied',
  noRoute: 'The requested resource could not be found.',
  objectExpected: 'JSON object expected',
  methodNotAllowed: (methods: readonly string[]): string =>
    `HTTP method not allowed, supported methods: ${methods.join(', ')}`,
  contentType: (received: string): string =>
    `The request's Content-Type [${received}] is not supported. Expected:\napplication/json`,
  contentEncoding: (received: string): string =>
    `The request's Content-Encoding [${received}] is not supported. Expected:\nidentity`,
  queryParameter: (name: string, detail: string): string => `The query parameter '${name}' was malformed:\n${detail}`,
  uriTooLong: (length: number, allowed: number): string =>
    `Request URI longer than allowed: ${String(length)} > ${String(allowed)} characters.`,
  hostNotAllowed: (host: string): string => `Host ${host} is not allowed`,
  originNotAllowed: (origin: string): string => `Origin ${origin} is not allowed`,
  crossSite: 'Requests from other sites are not allowed',

  // Defaults of handlers, §3.3.
  badSyntax: 'The request contains bad syntax or cannot be fulfilled.',
  notFound: 'The requested resource does not exist.',
  internalError: 'There was an internal server error.',
  unavailable: 'The server is currently unavailable (because it is overloaded or down for maintenance).',

  // Entitlement, §4.4 and §19.4.
  notAuthorized: (resources: readonly string[]): string =>
    `The supplied authentication is not authorized to access '${resources.join(', ')}'.`,
  kindNotAuthorized: (kind: string): string =>
    `The supplied authentication is not authorized to access actions of kind '${kind}'.`,
  tooManyRequests: (count: number, allowed: number): string =>
    `Too many requests in the last minute (count: ${String(count)}, allowed: ${String(allowed)}).`,
  tooManyConcurrent: (count: number, allowed: number): string =>
    `Too many concurrent requests in flight (count: ${String(count)}, allowed: ${String(allowed)}).`,

  // Names and entities, §5 to §7.
  nameTooLong: (length: number): string => `Name segement longer than allowed: ${String(length)} > 256.`,
  namespaceTooLong: (length: number): string => `Namespace longer than allowed: ${String(length)} > 256.`,
  nameIllegal: 'The name of the entity contains illegal characters.',
  namespaceIllegal: 'The namespace contains illegal characters.',
  nameMalformed: 'entity name malformed',
  fullyQualifiedNeeded:
    'The fully qualified name of the entity must contain at least the namespace and the name of the entity.',
  conformance: 'Resource by this name exists but is not in this collection.',
  exists: 'resource already exists',
  concurrentModification: 'Concurrent modification to resource detected.',
  larger: (what: string, is: number, allowed: number): string =>
    `${what} larger than allowed: ${String(is)} > ${String(allowed)} bytes.`,
  versionMalformed: 'semantic version malformed',
  parametersMalformed: 'parameters malformed!',
  bindingNotPermitted: 'Operation not permitted on package binding.',
  circularBinding: (name: string): string => `Package binding '${name}' contains a circular reference.`,

  // Exec, §7.3.
  execUndefined: 'exec undefined',
  execObject: "'exec' must be an object",
  kindString: "'kind' must be a string defined in 'exec'",
  kindUnknown: (kind: string, valid: readonly string[]): string =>
    `The specified runtime '${kind}' is not supported by this platform. Valid values are: '${valid.join("', '")}'.`,
  kindDeprecated: (kind: string): string =>
    `The '${kind}' runtime is no longer supported. You may read and delete but not update or invoke this action.`,
  codeString: (kind: string): string =>
    `'code' must be a string or attachment object defined in 'exec' for '${kind}' actions`,
  mainString: (kind: string): string => `'main' must be a string defined in 'exec' for '${kind}' actions`,
  imageString: "'image' must be a string defined in 'exec' for 'blackbox' actions",
  imageMalformed: 'could not parse image name',
  componentsMissing: "'components' must be defined for sequence kind",
  componentsArray: "'components' must be an array",
  componentsEmpty: 'No component specified for the sequence.',
  sequenceTooLong: 'Too many actions in the sequence.',

  // Limits, §7.4.
  wholeNumber: (name: string): string => `${name} must be whole number`,
  instancesNegative: 'Action container concurrency must be greater than or equal to 0.',
  instancesTooMany: (allowed: number): string =>
    `Max action instance concurrency must not exceed your namespace concurrency of ${String(allowed)}.`,

  // Lists, §6.5 and §10.4.
  notBoolean: (value: string): string => `'${value}' is not a valid Boolean value`,
  notInteger: (value: string, collection: string): string =>
    `The value '${value}' is not an integer for ${collection}.`,
  limitRange: (value: string, collection: string): string =>
    `The value '${value}' is not in the range of 0 to 200 for ${collection}.`,
  skipRange: (value: string, collection: string): string =>
    `The value '${value}' is not greater than or equal to 0 for ${collection}.`,
  docsWithCount: "The parameter 'docs' is not permitted with 'count'.",
  activationFilter: (value: string): string =>
    `Parameter may be a 'simple' name or 'package-name/simple' name: ${value}`,
  epochSeconds: (value: string): string => `Parameter is not a valid value for epoch seconds: ${value}`,

  // Invocation and activations, §8 and §10.6.
  timeoutRange: 'Timeout must be number of milliseconds up to 60000.',
  parametersNotAllowed: 'Request defines parameters that are not allowed (e.g., reserved properties).',
  activationIdLength: (length: number): string => `Activation id length is ${String(length)} but must be 32.`,
  activationIdIllegal: 'The activation id is not valid.',
  innerLimits: 'Inner entity level routes for limits are not yet implemented.',

  // Web actions, §17.
  webAuthentication: 'Authentication is possible but has failed or not yet been provided.',
  webProcessing: 'There was an error processing your request.',
  webNotReady: 'Response not yet ready.',
  notMessage: (type: string): string => `Response is not valid '${type}'.`,
  propertyMissing: 'Response does not include requested property.',
  contentTypeMismatch: 'Response type in header did not match generated content type.',
  contentTypeUnknown: 'Response did not specify a known content-type.',
  notAcceptable: (type: string): string => `Resource representation is only available with these types:\n${type}`,

  // Sequences and compositions, §11 and §12.
  sequenceCyclic: 'Sequence may not refer to itself.',
  sequenceComponentMissing: 'Sequence component does not exist.',
  sequenceFailed: 'Sequence failed.',
  compositionTooLong: 'Too many actions in the composition.',
  compositionFailed: 'Activation failure during composition.',
  compositionNameInvalid: (json: string): string =>
    `Failed to parse action name from json value ${json} during composition.`,
  compositionActionMissing: (name: string): string =>
    `Failed to resolve action with name '${name}' during composition.`,
  compositionNotEntitled: (name: string): string =>
    `Failed entitlement check for action with name '${name}' during composition.`,

  // Triggers and rules, §13 and §14.
  feedName: 'Feed name is not valid',
  ruleIncomplete: 'rule requires a valid trigger and a valid action',
  triggerMissing: (name: string): string => `trigger ${name} does not exist`,
  actionMissing: (name: string): string => `action ${name} does not exist`,
  ruleStatusMissing: "'status' must be defined: 'active' or 'inactive'",
  ruleStatusUnknown: (status: string): string => `${status} is not a recognized rule state`,
  ruleWithoutTrigger: 'Only rules with existing triggers can be activated',
  ruleInactive: (rule: string, action: string): string =>
    `Rule '${rule}' is inactive, action '${action}' was not activated.`,

  // Alarms, §15.2.
  lifecycleUnsupported: 'unsupported lifecycleEvent',
  triggerNameMissing: 'no trigger name parameter was provided',
  cronMissing: 'alarms trigger feed is missing the cron parameter',
  cronInvalid: (cron: string): string => `cron pattern '${cron}' is not valid`,
  timezoneInvalid: (timezone: string): string => `timezone '${timezone}' is not valid`,
  maxTriggersWithStopDate: 'maxTriggers is not allowed when the stopDate parameter is specified',
  maxTriggersInvalid: 'the maxTriggers parameter must be an integer greater than zero',
  fireAfterStopDate: 'the first scheduled trigger fire is not until after the stop date',
  dateMissing: 'alarms once trigger feed is missing the date parameter',
  dateInvalid: (name: string, value: string): string => `${name} parameter '${value}' is not a valid Date`,
  dateInPast: (name: string, value: string): string => `${name} parameter '${value}' must be in the future`,
  stopBeforeStart: (value: string): string => `stopDate parameter '${value}' must be greater than the startDate`,
  deleteAfterFireInvalid: 'deleteAfterFire parameter must be one of [false, true, rules].',
  strictInvalid: 'strict parameter must be one of [false, true].',
  minutesMissing: 'interval trigger feed is missing the minutes parameter',
  minutesNotInteger: 'the minutes parameter must be an integer',
  minutesTooSmall: 'the minutes parameter must be an integer greater than zero',
  nothingToUpdate: 'no updatable parameters were specified',
  alarmMissing: (name: string): string => `could not find trigger /${name} in the database`,
  triggerAuthenticationFailed: 'Trigger authentication request failed.',
  alarmFired: 'Automatically disabled after firing once',
  alarmStopped: 'Automatically disabled after reaching stop date',
  alarmExhausted: 'Automatically disabled after reaching max triggers',
  alarmRefused: (status: number): string =>
    `Automatically disabled after receiving a ${String(status)} status code when firing the trigger`,

  // Packages, §4.4 and §16.
  resourceMissing: (name: string): string => `The requested resource '${name}' does not exist.`,
  packageReserved: (name: string): string => `Package name '${name}' is reserved.`,
  packageNotEmpty: (count: number): string =>
    `Package not empty (contains ${String(count)} ${count === 1 ? 'entity' : 'entities'}). Set force param or delete package contents.`,
  bindingMalformed: "'binding' must be an object with the strings 'namespace' and 'name'",
  bindingProviderMissing: 'Binding references a package that does not exist.',
  bindingNotPackage: 'Cannot bind to a resource that is not a package.',
  bindingOfBinding: 'Cannot bind to another package binding.',
  packageNotConvertible: 'Resource is a package and cannot be converted into a binding.',

  // API gateway, §18.5.
  apiCreation: (detail: string): string => `API creation failure: ${detail}`,
  apiDeletion: (detail: string): string => `API deletion failure: ${detail}`,
  apiMissing: (basePath: string): string => `API '${basePath}' does not exist.`,
  apiAmbiguous: (title: string): string => `several APIs have the name '${title}'`,
  apiPathMissing: (path: string): string => `path '${path}' does not exist in the API`,
  apiOperationMissing: (path: string, operation: string): string =>
    `path '${path}' with operation '${operation}' does not exist in the API`,
  apiKeyRequired: 'A valid auth key is required.',
  apiAuthentication: 'Invalid authentication.',
  apidocRequired: 'apidoc is required.',
  apidocType: (type: string): string => `apidoc field is of type ${type} and should be a JSON object or a JSON string.`,
  apidocMissing: (field: string): string => `apidoc is missing the ${field} field`,
  apiActionMissing: (field: string): string => `action is missing the ${field} field.`,
  apiUnparsable: (field: string): string => `${field} field cannot be parsed. Ensure it is valid JSON.`,
  swaggerType: (type: string): string => `swagger field is ${type} and should be an object or a JSON string.`,
  swaggerMissing: (field: string): string => `swagger is missing the ${field} field.`,
  swaggerExclusive: 'swagger and gatewayBasePath are mutually exclusive and cannot be specified together.',
  swaggerPaths: "the field 'paths' must hold an object of operations for each path",
  basepathRequired: 'basepath is required.',
  operationNeedsPath: 'When specifying an operation, the path is required.',
  responseTypeUnknown: (type: string): string => `the response type '${type}' is none of json, http, html, text, svg`,
  basePathParameters: (basePath: string): string =>
    `The base path (${basePath}) cannot have parameters. Only the relative path supports path parameters.`,
  pathParametersNeedHttp: "The action must use a response type of '.http' in order to receive the path parameters.",
  pathParameterUnknown: (parameter: string, path: string): string =>
    `The parameter '${parameter}' defined in path '${path}' does not match any of the parameters defined for the path in the swagger file.`,
  apiTarget: (path: string, verb: string): string =>
    `the operation '${verb}' of the path '${path}' does not lead to a web action of this platform`,

  // Log forwarding, §19.5.
  forwardingShape: 'the body must be an object with one member: the destination and its settings',
  forwardingUnknown: (name: string, known: readonly string[]): string =>
    `the destination '${name}' is none of ${known.join(', ')}`,
  forwardingMissing: (destination: string, setting: string): string =>
    `the setting '${setting}' of the destination '${destination}' must be a string that is not empty`,
} as const;
