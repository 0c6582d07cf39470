import { TestDriver } from '../helpers/process-driver.js';
import { describeContainerContract } from './container-contract.js';

describeContainerContract('process driver', () => TestDriver.start());
