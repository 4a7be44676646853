using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>What a hiding proof opens says nothing of the witness.</summary>
public class Indistinguishable
{
    private const int Proofs = 60;
    private const int Bins = 8;

    [Fact]
    public void P13_two_proofs_of_one_witness_share_no_opened_value()
    {
        var forger = new Forger(ProvedSample.Words(77), isHiding: true);
        var first = forger.Prove(new Drawing(new SeededRandomness(1)));
        var second = forger.Prove(new Drawing(new SeededRandomness(2)));
        Assert.True(forger.Verify(first).IsAccepted && forger.Verify(second).IsAccepted);
        Assert.Empty(OpenedAtPoint(forger.Shape, first).Intersect(OpenedAtPoint(forger.Shape, second)));
        for (var tree = 1; tree < first.Openings.Length; tree++)
        {
            Assert.Empty(first.Openings[tree].Rows.Intersect(second.Openings[tree].Rows));
            Assert.Empty(first.Openings[tree].Siblings.Intersect(second.Openings[tree].Siblings));
        }
    }

    [Fact]
    public void P13_production_randomness_is_never_the_same()
    {
        var forger = new Forger(ProvedSample.Words(77), isHiding: true);
        var roots = Enumerable.Range(0, 4).Select(_ => string.Join(" ", forger.Prove(Stark.Proving.ProverHooks.Honest).Messages[..Digest.Length])).ToList();
        Assert.Equal(roots.Count, roots.Distinct().Count());
    }

    /// <summary>For the same α and β the terminals differ from proof to proof; only their sum, which the statement gives, stays.</summary>
    [Fact]
    public void P13_terminals_are_masked()
    {
        var forger = new Forger(ProvedSample.Words(77), isHiding: true);
        var first = Terminals(1);
        var second = Terminals(2);
        Assert.Equal(Sum(first), Sum(second));
        for (var i = 0; i < first.Length; i++)
        {
            var layout = forger.VerifyingKey.Tables[forger.Shape.Terminals[i]].Layout;
            Assert.Equal(layout.HasMask, first[i] != second[i]);
        }

        Extension5[] Terminals(int seed)
        {
            var transcript = new ScriptedTranscript();
            transcript.Instead[0] = Extension5.X + Extension5.One;
            transcript.Instead[1] = Extension5.X;
            var keeps = new KeepsTerminals(new SeededRandomness(seed));
            forger.Prove(keeps, transcript: transcript);
            return keeps.Terminals;
        }

        static Extension5 Sum(Extension5[] values) => values.Aggregate(Extension5.Zero, (sum, value) => sum + value);
    }

    /// <summary>
    /// All that is opened of every private column over many proofs of two witnesses, at the queries and at ζ: both as uniform as so many draws in eight
    /// bins are. A column passes the bound by chance once in 10^7; the seeds are kept. Without multiples of Z_H it is passed by far.
    /// </summary>
    [Fact]
    public void P13_openings_of_two_witnesses_are_alike()
    {
        foreach (var sample in (ProvedSample[])[ProvedSample.Sums(0, 0), ProvedSample.Sums((UInt128)1 << 126, UInt128.MaxValue >> 2)])
        {
            var forger = new Forger(sample, isHiding: true);
            Assert.InRange(WorstColumn(forger, seed => new Drawing(new SeededRandomness(seed)), Proofs), 0, 46);
            Assert.True(WorstColumn(forger, seed => new Varied(forger.Shape, Ingredient.MainBlinding, seed, isLeftOut: true), Proofs / 6) > 46);
        }
    }

    /// <summary>The greatest χ² of all columns, of seven degrees of freedom.</summary>
    private static double WorstColumn(Forger forger, Func<int, Lenient> hooks, int proofs)
    {
        var shape = forger.Shape;
        var matrices = shape.Matrices.Where(matrix => matrix.Tree != InputTree.Preprocessed).ToArray();
        var counts = matrices.Select(matrix => new int[matrix.Width, Bins]).ToArray();
        var drawn = new int[matrices.Length];
        for (var seed = 0; seed < proofs; seed++)
        {
            var transcript = new FixedTranscript(seed);
            var opened = new OpenedProof(shape, forger.Prove(hooks(seed), transcript: transcript), transcript.Indices);
            for (var m = 0; m < matrices.Length; m++)
            {
                var values = opened.Opened(matrices[m]);
                drawn[m] += values[0].Length;
                for (var column = 0; column < values.Length; column++)
                {
                    foreach (var value in values[column])
                        counts[m][column, value.Canonical / ((KoalaBear.Modulus / Bins) + 1)]++;
                }
            }
        }

        var worst = 0.0;
        for (var m = 0; m < matrices.Length; m++)
        {
            var expected = (double)drawn[m] / Bins;
            for (var column = 0; column < matrices[m].Width; column++)
                worst = Math.Max(worst, Enumerable.Range(0, Bins).Sum(bin => Math.Pow(counts[m][column, bin] - expected, 2) / expected));
        }

        return worst;
    }

    [Fact]
    public void P13_private_value_stands_nowhere_in_a_proof()
    {
        const uint Canary = 0x3abcde1;
        var forger = new Forger(ProvedSample.Arithmetic(3, y: Canary), isHiding: true);
        var proof = forger.Prove(new Drawing(new SeededRandomness(9)));
        Assert.True(forger.Verify(proof).IsAccepted);
        foreach (var element in proof.Messages.Concat(proof.Openings.SelectMany(opening => opening.Rows)))
            Assert.True(element.Canonical != Canary && element.Raw != Canary);
    }

    private static IEnumerable<Extension5> OpenedAtPoint(ProofShape shape, Proof proof)
    {
        var start = shape.Steps.TakeWhile(step => step.Name != StepName.OpenedValues).Sum(step => step.SentElements());
        foreach (var matrix in shape.Matrices.Where(matrix => matrix.Tree != InputTree.Preprocessed))
        {
            for (var i = 0; i < matrix.Width * matrix.Points.Length; i++)
                yield return new(proof.Messages.AsSpan(start + ((matrix.FirstValue + i) * Extension5.Degree), Extension5.Degree));
        }
    }

    private sealed class KeepsTerminals(Stark.Hiding.FieldRandomness randomness) : Lenient
    {
        public Extension5[] Terminals { get; private set; } = [];

        public override Stark.Hiding.FieldRandomness Randomness() => randomness;

        public override void OnMessage(ProtocolStep step, Span<KoalaBear> elements)
        {
            if (step.Name == StepName.Terminals)
                Terminals = [.. elements.ToArray().Chunk(Extension5.Degree).Select(limbs => new Extension5(limbs))];
        }
    }
}
