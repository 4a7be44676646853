using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Engine;

/// <summary>
/// The engine that writes the verifier down: each operation of the verifier's text becomes instructions, each part of the proof an input. The key's shape and
/// log N are constants of the circuit. Whoever satisfies the circuit holds a proof that the native engine accepts, with every path unpruned.
/// </summary>
internal sealed class CircuitEngine : IVerifierEngine<Wire, Cell, OpenedRows, QueryIndex>
{
    private const int FoldedByEight = 8 * Extension5.Degree;

    private readonly WireRows rows;
    private readonly WitnessLayout layout;
    private readonly ChildKey key;
    private readonly InstanceCounts instances;
    private readonly Wire[] publicValues;
    private readonly CircuitTranscript transcript;
    private readonly Dictionary<int, Wire> inverses = [];
    private int received;

    public CircuitEngine(WireRows rows, WitnessLayout layout, ChildKey key, InstanceCounts instances, Wire[] publicValues)
    {
        this.rows = rows;
        this.layout = layout;
        this.key = key;
        this.instances = instances;
        this.publicValues = publicValues;
        transcript = new(rows, ProofHeader.TranscriptTag);
    }

    public bool HasRejected => false;

    public ReadOnlySpan<Wire> PublicValues => publicValues;

    private CircuitBuilder Builder => rows.Builder;

    public Cell PreprocessedRoot(int group) => key.PreprocessedRoots[group];

    public void AbsorbHeader()
    {
        var header = ProofHeader.Elements(key.Shape, instances);
        transcript.Absorb(header.AsSpan(0, ProofHeader.KeyDigestPosition));
        for (var i = 0; i < Digest.Length; i++)
            transcript.Absorb(new Limb(key.Digest, i));
        transcript.Absorb(header.AsSpan(ProofHeader.KeyDigestPosition + Digest.Length));

        // As many placeholders as there are values: what precedes them is constant, they themselves are not.
        var statement = ProofHeader.PublicValues(new KoalaBear[publicValues.Length]);
        transcript.Absorb(statement.AsSpan(0, statement.Length - publicValues.Length));
        foreach (var value in publicValues)
            transcript.Absorb(Limb.Of(rows, value));
    }

    public Cell ReceiveDigest()
    {
        var digest = layout.Input(Builder, new(WitnessKind.Message, received, Cells.Limbs, 0, 0));
        received += Cells.Limbs;
        transcript.Absorb(new HalfState(rows, digest));
        return digest;
    }

    public Wire[] ReceiveValues(int count)
    {
        // What stands beyond the end in the last block is free; nothing reads it.
        var blocks = new List<Cell>();
        for (var start = 0; start < count * Extension5.Degree; start += Cells.Limbs)
        {
            var length = Math.Min(Cells.Limbs, (count * Extension5.Degree) - start);
            var half = new HalfState(rows, layout.Input(Builder, new(WitnessKind.Message, received, length, 0, 0)));
            received += length;
            for (var i = 0; i < length; i++)
                transcript.Absorb(new Limb(half, i));
            blocks.Add(half.Block);
        }

        while (blocks.Count % Extension5.Degree != 0)
            blocks.Add(HalfState.Of(rows, []).Block);
        var values = new List<Wire>(count);
        foreach (var five in blocks.Chunk(Extension5.Degree))
            values.AddRange(Builder.Regroup(five).Select(rows.WireOf));
        return [.. values.Take(count)];
    }

    public void ReceiveNonce(int bits)
    {
        var half = new HalfState(rows, layout.Input(Builder, new(WitnessKind.Message, received++, 1, 0, 0)));
        transcript.Absorb(new Limb(half, 0));
        foreach (var bit in Builder.Bits(transcript.Squeeze().ToCell(rows), bits))
            Builder.AssertZero(bit, "a nonce shows its work");
    }

    public Wire DrawValue()
    {
        var elements = new Wire[Extension5.Degree];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = transcript.Squeeze();
        return Values(elements)[0];
    }

    public QueryIndex[] DrawIndices(int count, int bits)
    {
        var indices = new QueryIndex[count];
        for (var i = 0; i < count; i++)
            indices[i] = new(rows, Builder.Bits(transcript.Squeeze().ToCell(rows), bits));
        return indices;
    }

    public Wire Constant(Extension5 value) => Wire.Constant(value);

    public Wire Inverse(Wire value, VerificationError whenZero)
    {
        var cell = value.ToCell(rows);
        if (!inverses.TryGetValue(cell.Address, out var inverse))
        {
            var advice = Builder.Advise(AdviceKind.InverseOrZero, [cell], [CellType.Value], [])[0];
            Builder.AssertMulAdd(cell, advice, Builder.Zero, Builder.One, whenZero.ToString());
            inverses.Add(cell.Address, inverse = rows.WireOf(advice));
        }

        return inverse;
    }

    public void AssertNonZero(Wire value, VerificationError error, string what) => Inverse(value, error);

    public void AssertEqual(Wire left, Wire right, VerificationError error, string what) => (left - right).AssertZero(rows, what);

    public OpenedRows Open(int commitment, MerkleShape shape, Cell root, int query, QueryIndex index, int shift)
    {
        var opened = new OpenedRows(rows, shape.Depth + 1);
        var node = HashRow(0);
        for (var level = 0; level < shape.Depth; level++)
        {
            var enters = !shape.MatricesAt(level + 1).IsEmpty;
            Cell? rootIs = level + 1 == shape.Depth ? root : null;
            var slot = layout.Take(new(WitnessKind.Sibling, commitment, query, level, 0));
            node = Builder.MerkleStep(
                node, index.From(shift + level), slot, index.From(shift + level + 1), enters ? null : rootIs, VerificationError.MerkleMismatch.ToString()).Parent;
            if (enters)
                node = Builder.Compress(node, HashRow(level + 1), rootIs, VerificationError.MerkleMismatch.ToString());
        }

        if (shape.Depth == 0)
            Builder.AssertEqual(node, root, VerificationError.MerkleMismatch.ToString());
        return opened;

        Cell HashRow(int level)
        {
            var width = shape.WidthAt(level);
            var blocks = new Cell[(width + Cells.Limbs - 1) / Cells.Limbs];
            var capacity = HalfState.Of(rows, []).Block;
            Cell rate = default;
            for (var i = 0; i < blocks.Length; i++)
                (rate, capacity, blocks[i]) = Builder.Absorb(layout.Take(new(WitnessKind.Row, commitment, query, level, i * Cells.Limbs)), capacity);
            opened.Enter(level, blocks, width);
            return rate;
        }
    }

    public Wire Combine(OpenedRows opening, MerkleShape shape, RowPart part, Wire point) => opening.Combine(part, point);

    public (Wire Selected, Wire Folded) Fold(OpenedRows opening, QueryIndex index, int shift, Wire u)
    {
        var (blocks, width) = opening.Row(0);
        if (width == FoldedByEight)
        {
            Cell[] bits = [.. Enumerable.Range(shift, 3).Select(i => index.Bits[i])];
            var (selected, folded) = Builder.Fold(blocks, u.ToCell(rows), bits);
            return (rows.WireOf(selected), rows.WireOf(folded));
        }

        var values = Values([.. Enumerable.Range(0, width).Select(column => opening.Element(0, column))]);
        var log = int.Log2(values.Length);
        var t = u * ReversedPower(KoalaBear.TwoAdicRoot(log), index, shift, log);
        var left = values;
        for (var bit = shift; left.Length > 1; bit++)
        {
            var halved = new Wire[left.Length / 2];
            for (var i = 0; i < halved.Length; i++)
                halved[i] = (index.Wire(bit) * (left[(2 * i) + 1] - left[2 * i])) + left[2 * i];
            left = halved;
        }

        return (left[0], FoldedRow.At<Wire>(values, t));
    }

    public Wire ReversedPower(KoalaBear root, QueryIndex index, int bits) => ReversedPower(root, index, 0, bits);

    private static Wire ReversedPower(KoalaBear root, QueryIndex index, int shift, int bits)
    {
        // Bit i of the index is bit (bits − 1 − i) of its reversal.
        var power = Wire.One;
        for (var i = 0; i < bits; i++)
        {
            var factor = root.Pow(1ul << (bits - 1 - i));
            power = (power * Wire.Scale(index.Wire(shift + i), factor - KoalaBear.One)) + power;
        }

        return power;
    }

    /// <summary>The elements of the extension that five base elements each are.</summary>
    private static Wire[] Values(ReadOnlySpan<Wire> elements)
    {
        var values = new Wire[elements.Length / Extension5.Degree];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = elements[i * Extension5.Degree];
            var basis = Extension5.One;
            for (var j = 1; j < Extension5.Degree; j++)
            {
                basis *= Extension5.X;
                values[i] = (elements[(i * Extension5.Degree) + j] * Wire.Constant(basis)) + values[i];
            }
        }

        return values;
    }
}
