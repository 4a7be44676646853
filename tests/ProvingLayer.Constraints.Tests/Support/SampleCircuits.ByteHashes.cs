using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Support;

public static partial class SampleCircuits
{
    public static Sample ExclusiveOr()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        builder.Public(builder.ExclusiveOr(a, builder.Input(CellType.Word, 1)), Cells.Limbs);
        return new("exclusive or", builder.Build(), [CellValue.Word(Large), CellValue.Word(Large >> 5)]);
    }

    /// <summary>One round, with three bits in its constant.</summary>
    public static Sample Keccak()
    {
        var builder = new CircuitBuilder();
        Cell[] state = [.. Enumerable.Range(0, 13).Select(slot => builder.Input(CellType.Word, slot))];
        foreach (var word in builder.KeccakRound(state, 5))
            builder.Public(word, Cells.Limbs);
        return new("keccak", builder.Build(), [.. Enumerable.Range(0, 12).Select(i => CellValue.Word(Scattered(i))), CellValue.Word((ulong)Scattered(12))]);
    }

    /// <summary>A row that takes a word of a message, one that continues the schedule, and the sum behind the last.</summary>
    public static Sample Sha256()
    {
        var builder = new CircuitBuilder();
        Cell[] value = [builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1)];
        var zero = builder.ZeroWord;
        var first = builder.Sha256Rounds([.. value, zero, zero, zero, zero, zero, zero, builder.Input(CellType.Word, 2)], 0);
        var second = builder.Sha256Rounds([first[0], first[1], first[2], first[3], first[4], first[3], first[2], first[4]], 4);
        foreach (var word in builder.Sha256Sum(value[0], value[1], second[0], second[1]).AddRange(second[2..]))
            builder.Public(word, Cells.Limbs);
        return new("sha256", builder.Build(), [.. Enumerable.Range(20, 3).Select(i => CellValue.Word(Scattered(i)))]);
    }

    private static UInt128 Scattered(int i) => new(0x9e3779b97f4a7c15 * (ulong)(i + 1), 0xd1342543de82ef95 * (ulong)(i + 7));
}
