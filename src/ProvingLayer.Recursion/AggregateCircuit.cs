using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;

namespace ProvingLayer.Recursion;

/// <summary>A proof of a circuit of a key set, with what it says.</summary>
/// <param name="Member">The circuit.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Proof">The proof.</param>
public sealed record AggregateProof(KeySetMember Member, AggregateStatement Statement, Proof Proof);

/// <summary>
/// Verifies two proofs of the shape and makes them one. Each child's key is shown, not known (<see cref="SetKey"/>), and stands in the tree under vkRoot, which all proofs of an aggregate
/// have in their statements, these two and this one alike.
/// <code>
///   set:   root = P(root of left, root of right)[0..8]
///   chain: besides from = left.from, left.to = right.from, to = right.to, steps = left.steps + right.steps &lt; 2²⁹
/// </code>
/// </summary>
public sealed class AggregateCircuit
{
    private const int LogMostSteps = 29; // so that the sum of two children's cannot wrap mod p

    private readonly ImmutableArray<ChildVerifier> children;
    private readonly bool isChain;

    private AggregateCircuit(ImmutableArray<ChildVerifier> children, bool isChain, Circuit circuit) => (this.children, this.isChain, Circuit) = (children, isChain, circuit);

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit that makes two proofs one.</summary>
    /// <param name="shape">The shape of all three.</param>
    /// <param name="isChain">Whether they are chains of histories.</param>
    public static AggregateCircuit Create(RecursionShape shape, bool isChain)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var rows = new WireRows(new(shape.SuiteId, hasWords: false));
        var builder = rows.Builder;
        var slot = 0;
        var template = shape.KeyOf(default);
        var vkRoot = builder.Input(CellType.Block, slot++);
        Cell[] roots = [builder.Input(CellType.Block, slot++), builder.Input(CellType.Block, slot++)];
        var (carries, steps) = (new Cell[3], new Wire[2]);
        if (isChain)
        {
            for (var i = 0; i < carries.Length; i++)
                carries[i] = builder.Input(CellType.Block, slot++);
            steps = rows.Inputs(2, slot);
            slot += 2;
        }

        var keys = new ChildKey[2];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = SetKey.Shown(rows, template, vkRoot, isChain, ref slot);

        var children = ImmutableArray.CreateBuilder<ChildVerifier>(2);
        for (var i = 0; i < keys.Length; i++)
        {
            var said = new StatementCells(vkRoot, roots[i], isChain ? (carries[i], carries[i + 1], steps[i]) : null);
            Wire[] values = [.. builder.Spread(said.Digest(rows)).Select(rows.WireOf)];
            var child = new ChildVerifier(rows, keys[i], InstanceCounts.All(1, 0), values, slot);
            slot += child.Slots;
            children.Add(child);
        }

        (Cell, Cell, Wire)? history = null;
        if (isChain)
        {
            var sum = (steps[0] + steps[1]).ToCell(rows);
            foreach (var bit in builder.Bits(sum, BitsChip.Count)[LogMostSteps..])
                builder.AssertZero(bit, "the number of steps is below 2^29");
            history = (carries[0], carries[2], rows.WireOf(sum));
        }

        var statement = new StatementCells(vkRoot, builder.Compress(roots[0], roots[1]), history);
        builder.Public(statement.Digest(rows), RecursionShape.PublicCount);
        return new(children.MoveToImmutable(), isChain, shape.Build(builder));
    }

    /// <summary>What a proof of the circuit says of two children; null where they do not fit together.</summary>
    /// <param name="set">The key set.</param>
    /// <param name="left">The left child's statement.</param>
    /// <param name="right">The right child's statement.</param>
    public AggregateStatement? StatementOf(KeySet set, AggregateStatement left, AggregateStatement right)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        HistoryBoundary? history = null;
        if (isChain)
        {
            if (left.History is not { } before || right.History is not { } after || before.To != after.From)
                return null;
            history = new(before.From, after.To, before.Steps + after.Steps);
        }
        else if (left.History is not null || right.History is not null)
        {
            return null;
        }

        return new(set.Root, set.Compress(left.Root, right.Root), history);
    }

    /// <summary>The circuit's inputs for two proofs; null if a proof's parts do not have the shape's lengths, or a chain's child is none.</summary>
    /// <remarks>Whether proofs, keys and statements hold is what the circuit checks.</remarks>
    public CellValue[]? WitnessOf(KeySet set, AggregateProof left, AggregateProof right)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        AggregateProof[] proofs = [left, right];
        List<CellValue> inputs = [CellValue.Block(set.Root), .. proofs.Select(proof => CellValue.Block(proof.Statement.Root))];
        if (isChain)
        {
            if (left.Statement.History is not { } before || right.Statement.History is not { } after)
                return null;
            inputs.AddRange([CellValue.Block(before.From), CellValue.Block(before.To), CellValue.Block(after.To)]);
            inputs.AddRange(proofs.Select(proof => CellValue.Value(KoalaBear.FromCanonical((uint)proof.Statement.History!.Value.Steps))));
        }

        foreach (var proof in proofs)
            inputs.AddRange(SetKey.InputsOf(set, proof.Member, isChain));

        for (var i = 0; i < proofs.Length; i++)
        {
            var values = proofs[i].Statement.ToDigest(set.Shape.SuiteId);
            if (children[i].WitnessOf(set.KeyOf(proofs[i].Member), values.AsSpan(), proofs[i].Proof) is not { } blocks)
                return null;
            inputs.AddRange(blocks);
        }

        return [.. inputs];
    }
}
