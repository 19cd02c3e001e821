"""Rules of the chapter on consuming resources: methods, parameters, records, sub-resources."""
