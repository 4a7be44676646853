using System.CommandLine;

var parsed = new RootCommand("The Tenor compiler and prover.").Parse(args);
var exit = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : exit; // System.CommandLine says 1 for a usage error; the contract says 2.
