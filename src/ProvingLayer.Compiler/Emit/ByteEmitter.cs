using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Arrangements of bytes as rows: one splits a word into its bytes, once however often they are read, one joins sixteen bytes to a word. A word that stays
/// as it is has no row, and a byte that is known is a constant. Every byte is looked up in the row that splits it and again in the one that joins it, so no integer made here is
/// beyond the interval that its length says.
/// </summary>
internal sealed class ByteEmitter(CircuitBuilder builder, IrFunction function)
{
    private readonly Dictionary<int, ImmutableArray<Cell>> split = [];
    private readonly Dictionary<int, BigInteger> constants = function.Instructions
        .Where(i => i.Op is IrConstant { Value.Kind: ScalarKind.Integer })
        .ToDictionary(i => i.Result.Id, i => ((IrConstant)i.Op).Value.Number);

    /// <summary>The integer of the bytes.</summary>
    public WideInteger Emit(IrBytes arrangement, Func<IrValue, WideInteger> integer)
    {
        var words = ImmutableArray.CreateBuilder<Cell>();
        for (var start = 0; start < arrangement.Bytes.Length; start += WordBytesChip.Count)
            words.Add(Word(arrangement.Bytes.AsSpan()[start..Math.Min(start + WordBytesChip.Count, arrangement.Bytes.Length)], integer));
        return new(words.ToImmutable(), null, Interval.Unsigned(8 * arrangement.Bytes.Length));
    }

    private Cell Word(ReadOnlySpan<IrByte> bytes, Func<IrValue, WideInteger> integer)
    {
        if (WholeWord(bytes, integer) is { } same)
            return same;
        Span<Cell> cells = new Cell[WordBytesChip.Count];
        cells.Fill(builder.Zero);
        for (var i = 0; i < bytes.Length; i++)
            cells[i] = Byte(bytes[i], integer);
        return builder.JoinBytes(cells);
    }

    // A word that already is these bytes and nothing above them.
    private static Cell? WholeWord(ReadOnlySpan<IrByte> bytes, Func<IrValue, WideInteger> integer)
    {
        var (value, first) = (bytes[0].Value, bytes[0].Index);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (first % WordBytesChip.Count != 0 || bytes[i] != new IrByte(value, first + i))
                return null;
        }

        var whole = integer(value);
        return first / WordBytesChip.Count < whole.Words.Length && (bytes.Length == WordBytesChip.Count || whole.Range.High < BigInteger.One << (8 * (first + bytes.Length)))
            ? whole.Words[first / WordBytesChip.Count]
            : null;
    }

    private Cell Byte(IrByte part, Func<IrValue, WideInteger> integer)
    {
        if (constants.TryGetValue(part.Value.Id, out var known))
            return builder.Constant(KoalaBear.FromCanonical((uint)((known >> (8 * part.Index)) & byte.MaxValue)));
        var words = integer(part.Value).Words;
        if (part.Index / WordBytesChip.Count >= words.Length)
            return builder.Zero;
        var word = words[part.Index / WordBytesChip.Count];
        if (!split.TryGetValue(word.Address, out var bytes))
            split.Add(word.Address, bytes = builder.SplitBytes(word));
        return bytes[part.Index % WordBytesChip.Count];
    }
}
