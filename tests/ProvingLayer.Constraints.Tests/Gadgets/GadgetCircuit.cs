using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Constraints.Tests.Gadgets;

/// <summary>A circuit of one gadget: integers in, integers out.</summary>
internal sealed class GadgetCircuit
{
    private readonly Interval[] inputs;
    private readonly WideInteger[] results;

    private GadgetCircuit(Circuit circuit, Interval[] inputs, WideInteger[] results)
    {
        Circuit = circuit;
        this.inputs = inputs;
        this.results = results;
    }

    public Circuit Circuit { get; }

    public static GadgetCircuit Build(Interval[] inputs, Func<WideArithmetic, WideInteger[], WideInteger[]> gadget)
    {
        var builder = new CircuitBuilder();
        var arithmetic = new WideArithmetic(builder);
        var slot = 0;
        var integers = inputs.Select(range => arithmetic.FromInput(
            [.. Enumerable.Range(0, range.InputWords()).Select(_ => builder.Input(CellType.Word, slot++))], range, "input")).ToArray();
        var results = gadget(arithmetic, integers);
        for (var i = 0; i < results.Length; i++)
        {
            ImmutableArray<Cell> cells = results[i].Sign is { } sign ? [.. results[i].Words, sign] : results[i].Words;
            builder.Output($"{i}", cells.AsSpan());
        }

        return new(builder.Build(), inputs, results);
    }

    /// <summary>Both ends, their neighbours, and what lies around zero.</summary>
    public static IEnumerable<BigInteger> Edges(Interval range) =>
        new[] { range.Low, range.Low + 1, -1, 0, 1, range.High - 1, range.High }.Where(range.Contains).Distinct();

    /// <summary>Edges, and integers of random lengths.</summary>
    public static IEnumerable<BigInteger> Samples(Interval range, Random random)
    {
        var bytes = new byte[random.Next(1, (int)(range.High - range.Low).GetBitLength() / 8 + 2)];
        random.NextBytes(bytes);
        var any = range.Low + new BigInteger(bytes, isUnsigned: true) % (range.High - range.Low + 1);
        return Edges(range).Append(any).Distinct();
    }

    public ExecutionResult Run(ReadOnlySpan<BigInteger> values, IFaultInjector? faults = null, bool keepGoing = false)
    {
        var cells = new List<CellValue>();
        for (var i = 0; i < inputs.Length; i++)
        {
            for (var word = 0; word < inputs[i].InputWords(); word++)
            {
                cells.Add(CellValue.Word((UInt128)((values[i] >> (128 * word)) & UInt128.MaxValue)));
            }
        }

        return CircuitExecutor.Run(Circuit, [.. cells], faults, keepGoing);
    }

    public BigInteger[] Outputs(ExecutionResult result)
    {
        var integers = new BigInteger[results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var cells = result.Outputs[i].Values;
            for (var word = 0; word < results[i].Words.Length; word++)
            {
                integers[i] += (BigInteger)cells[word].ToUInt128() << (128 * word);
            }

            if (results[i].Sign is not null && cells[^1].ToExtension() == Extension5.One)
            {
                integers[i] -= BigInteger.One << (128 * results[i].Words.Length);
            }
        }

        return integers;
    }

    public void AssertAccepts(ReadOnlySpan<BigInteger> values, BigInteger[] expected, bool check = true)
    {
        var result = Run(values);
        Assert.True(result.Succeeded, $"({string.Join(", ", values.ToArray())}) fails: {result.Failures.FirstOrDefault()}");
        Assert.Equal(expected, Outputs(result));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(results[i].Range.Contains(expected[i]), $"{expected[i]} is not in {results[i].Range}");
        }

        if (check)
        {
            Assert.Equal("", ConstraintChecker.Check(Circuit, result.Trace!).ToString());
        }
    }

    public void AssertRefuses(ReadOnlySpan<BigInteger> values)
    {
        Assert.False(Run(values).Succeeded);
        AssertRejected(values, null);
    }

    /// <summary>A prover who goes on whatever happens must end with a trace that the checker rejects.</summary>
    public void AssertRejected(ReadOnlySpan<BigInteger> values, IFaultInjector? faults)
    {
        var result = Run(values, faults, keepGoing: true);
        Assert.False(ConstraintChecker.Check(Circuit, result.Trace!).Holds, $"({string.Join(", ", values.ToArray())}) is accepted");
    }
}
