using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Stark.Tests.Samples;

/// <summary>A small circuit with an honest trace.</summary>
internal sealed record ProvedSample(Circuit Circuit, Trace Trace)
{
    /// <summary>The samples of every chip.</summary>
    public static IEnumerable<string> Names => SampleCircuits.All().Select(sample => sample.Name);

    /// <summary>A sample of the list of every chip's.</summary>
    public static ProvedSample Named(string name)
    {
        var sample = SampleCircuits.All().Single(candidate => candidate.Name == name);
        return new(sample.Circuit, sample.Trace());
    }

    /// <summary>Two sums and two comparisons of words, nothing public: a circuit for batches.</summary>
    public static ProvedSample Sums(UInt128 a, UInt128 b)
    {
        var builder = new CircuitBuilder();
        var left = builder.Input(CellType.Word, 0);
        var right = builder.Input(CellType.Word, 1);
        var (sum, carry) = builder.Add(left, right);
        builder.AssertZero(carry, "the sum fits");
        builder.AssertAtMost(left, sum, "the sum does not wrap");
        return Run(builder, CellValue.Word(a), CellValue.Word(b));
    }

    /// <summary>x·y + 5, computed so many times over; x and the result public. The least circuit: three chips of few columns.</summary>
    public static ProvedSample Arithmetic(int steps = 3, uint x = 6, uint y = 7)
    {
        var builder = new CircuitBuilder();
        var left = builder.Input(CellType.Value, 0);
        var right = builder.Input(CellType.Value, 1);
        var five = builder.Constant(KoalaBear.FromCanonical(5));
        var value = left;
        for (var step = 0; step < steps; step++)
            value = builder.MulAdd(value, right, five);
        builder.Public(left, 1);
        builder.Public(value, 5);
        return Run(builder, Value(x), Value(y));
    }

    /// <summary>A word from outside, range-checked, then public: the byte table takes part.</summary>
    public static ProvedSample Words(UInt128 word)
    {
        var builder = new CircuitBuilder();
        var input = builder.Input(CellType.Word, 0);
        builder.Public(input, 8);
        builder.Public(builder.Constant(KoalaBear.One), 1);
        return Run(builder, CellValue.Word(word));
    }

    public static CellValue Value(uint value) => CellValue.Value(KoalaBear.FromCanonical(value));

    private static ProvedSample Run(CircuitBuilder builder, params CellValue[] inputs)
    {
        var circuit = builder.Build();
        var result = CircuitExecutor.Run(circuit, inputs);
        Assert.True(result.Succeeded, string.Join("; ", result.Failures));
        return new(circuit, result.Trace!);
    }
}
