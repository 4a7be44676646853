using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Testing;

/// <summary>What a test or scenario has made so far; immutable, so that <c>reject</c> undoes a block by forgetting it.</summary>
/// <param name="Machines">The machines by local.</param>
/// <param name="Values">The other locals.</param>
/// <param name="Flows">What each party received less what it paid, in smallest units, by party and asset.</param>
/// <param name="Now">The present second.</param>
internal sealed record World(
    ImmutableDictionary<LocalSymbol, MachineInstance> Machines,
    ImmutableDictionary<LocalSymbol, Concrete> Values,
    ImmutableDictionary<(Digest Party, string Asset), BigInteger> Flows,
    BigInteger Now)
{
    /// <summary>What the runs of statements are compared with, such as the circuit; null for nothing.</summary>
    public IExecutionCheck? Check { get; init; }

    public static World Empty { get; } = new(
        ImmutableDictionary.Create<LocalSymbol, MachineInstance>(ReferenceEqualityComparer.Instance),
        ImmutableDictionary.Create<LocalSymbol, Concrete>(ReferenceEqualityComparer.Instance),
        ImmutableDictionary<(Digest, string), BigInteger>.Empty,
        BigInteger.Zero);

    /// <summary>The world in which a step's receipts were settled.</summary>
    public World Settle(MachineStep step)
    {
        var flows = Flows;
        foreach (var receipt in step.Receipts().Where(r => !r.IsIssue))
        {
            var key = (receipt.Party, receipt.Asset);
            flows = flows.SetItem(key, flows.GetValueOrDefault(key) + receipt.Amount);
        }

        return this with { Flows = flows };
    }
}
