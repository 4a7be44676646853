using ProvingLayer.Cli.Shell;

namespace ProvingLayer.Cli.Commands;

/// <summary>The verbs, in the order in which help lists them.</summary>
internal static class Verbs
{
    /// <summary>A new instance of each verb.</summary>
    public static IEnumerable<Verb> All() =>
    [
        new NewCommand(),
        new CheckCommand(),
        new FmtCommand(),
        new AuditCommand(),
        new DumpCommand(),
        new RunCommand(),
        new TestCommand(),
        new CostCommand(),
        new BuildCommand(),
        new KeygenCommand(),
        new SignCommand(),
        new ProveCommand(),
        new HistoryCommand(),
        new KeysCommand(),
        new AggregateCommand(),
        new VerifyCommand(),
        new InspectCommand(),
        new ParamsCommand(),
        new ExplainCommand(),
        new BenchCommand(),
        new DemoCommand(),
    ];
}
