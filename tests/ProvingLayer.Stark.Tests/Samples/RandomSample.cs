using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Stark.Tests.Samples;

/// <summary>Circuits of random instructions, without assertions: every input is an honest one.</summary>
internal static class RandomSample
{
    private const int Inputs = 3;

    public static Circuit Circuit(int seed, bool hasPublics)
    {
        var random = new Random(seed);
        var builder = new CircuitBuilder(random.Next(4) == 0 ? Poseidon1.SuiteId : Poseidon2.SuiteId);
        var words = Enumerable.Range(0, Inputs).Select(slot => builder.Input(CellType.Word, slot)).ToList();
        var values = new List<Cell> { builder.Zero, builder.One };
        var blocks = new List<Cell> { builder.ConstantBlock(new KoalaBear[8]) };

        // One kind of instruction outweighs the others, so that heights lie apart.
        var favourite = random.Next(8);
        var count = 1 << random.Next(1, 8);
        for (var i = 0; i < count; i++)
        {
            var (a, b, c) = (Pick(words), Pick(words), Pick(words));
            switch (random.Next(3) == 0 ? random.Next(8) : favourite)
            {
                case 0:
                    words.Add(builder.Add(a, b).Sum);
                    break;
                case 1:
                    values.Add(builder.Less(a, b));
                    break;
                case 2:
                    words.Add(builder.MultiplyAdd(a, b, c).High);
                    break;
                case 3:
                    var (rate, capacity) = builder.Permute(random.Next(2) == 0 ? a : Pick(blocks), Pick(blocks));
                    blocks.AddRange([rate, capacity]);
                    break;
                case 4:
                    values.Add(builder.MulAdd(Pick(values), Pick(values), Pick(values)));
                    break;
                case 5:
                    words.Add(builder.Select(builder.Equal(a, b), a, c));
                    break;
                case 6:
                    values.AddRange(builder.Bits(values[random.Next(2)], random.Next(1, 31)));
                    break;
                default:
                    values.Add(builder.Equal(a, c));
                    break;
            }
        }

        if (hasPublics)
        {
            builder.Public(words[^1], 8);
            builder.Public(values[^1], 5);
            builder.Public(blocks[^1], 8);
        }

        return builder.Build();

        Cell Pick(List<Cell> cells) => cells[random.Next(cells.Count)];
    }

    public static Trace Run(Circuit circuit, int seed)
    {
        var random = new Random(seed);
        var result = CircuitExecutor.Run(circuit, [.. Enumerable.Range(0, Inputs).Select(_ => CellValue.Word(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())))]);
        Assert.True(result.Succeeded, string.Join("; ", result.Failures));
        return result.Trace!;
    }
}
