using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;

namespace ProvingLayer.Recursion;

/// <summary>
/// The last circuit of an aggregate that is to hide what its parts know: verifies one proof of the key set and says the same. Its key is a hiding one, so its proof shows the statement alone,
/// where an aggregate's own proof opens columns in which the openings of its children stand. No circuit takes it as a child: it has a role of its own, and tables of half the shape's height.
/// </summary>
public sealed class SealCircuit
{
    private readonly ChildVerifier child;
    private readonly bool isChain;

    private SealCircuit(ChildVerifier child, bool isChain, Circuit circuit) => (this.child, this.isChain, Circuit) = (child, isChain, circuit);

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit that seals an aggregate.</summary>
    /// <param name="shape">The shape of the aggregate's proof.</param>
    /// <param name="isChain">Whether it is a chain of histories, or a set.</param>
    public static SealCircuit Create(RecursionShape shape, bool isChain)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var rows = new WireRows(new(shape.SuiteId, hasWords: false));
        var builder = rows.Builder;
        var slot = 0;
        var (vkRoot, root) = (builder.Input(CellType.Block, slot++), builder.Input(CellType.Block, slot++));
        (Cell, Cell, Wire)? history = null;
        if (isChain)
        {
            history = (builder.Input(CellType.Block, slot++), builder.Input(CellType.Block, slot++), rows.WireOf(builder.Input(CellType.Value, slot++)));
        }

        var key = SetKey.Shown(rows, shape.KeyOf(default), vkRoot, isChain, ref slot);
        var said = new StatementCells(vkRoot, root, history).Digest(rows);
        var child = new ChildVerifier(rows, key, InstanceCounts.All(1, 0), [.. builder.Spread(said).Select(rows.WireOf)], slot);
        builder.Public(said, RecursionShape.PublicCount);
        return new(child, isChain, shape.BuildLower(builder));
    }

    /// <summary>The circuit's inputs for a proof; null if its parts do not have the shape's lengths, or it is a chain and is to be none.</summary>
    /// <remarks>Whether proof, key and statement hold is what the circuit checks.</remarks>
    /// <param name="set">The key set.</param>
    /// <param name="proof">The aggregate.</param>
    public CellValue[]? WitnessOf(KeySet set, AggregateProof proof)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.Statement.History is not null != isChain)
            return null;
        List<CellValue> inputs = [CellValue.Block(set.Root), CellValue.Block(proof.Statement.Root)];
        if (proof.Statement.History is { } history)
            inputs.AddRange([CellValue.Block(history.From), CellValue.Block(history.To), CellValue.Value(KoalaBear.FromCanonical((uint)history.Steps))]);
        inputs.AddRange(SetKey.InputsOf(set, proof.Member, isChain));
        return child.WitnessOf(set.KeyOf(proof.Member), proof.Statement.ToDigest(set.Shape.SuiteId).AsSpan(), proof.Proof) is { } blocks ? [.. inputs, .. blocks] : null;
    }
}
