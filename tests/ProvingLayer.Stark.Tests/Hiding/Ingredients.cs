using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>
/// Each ingredient of hiding on the prover itself: with witness, challenges and all other randomness fixed, it alone changes every value that it is to
/// mask; and where it is left out, these values are the same in every proof, which is what the first half of the test would see.
/// </summary>
public class Ingredients
{
    private const int Challenges = 7;

    private static readonly Forger Forger = new(ProvedSample.Words(77), isHiding: true);
    private static readonly ProofShape Shape = Forger.Shape;
    private static readonly int Columns = BlindingCounts.OfColumn(Forger.VerifyingKey.Parameters);
    private static readonly int Chunks = BlindingCounts.OfChunk(Forger.VerifyingKey.Parameters);
    private static readonly int Masks = BlindingCounts.OfQuotientMask(Forger.VerifyingKey.Parameters);

    public static TheoryData<string> All => [.. Enum.GetNames<Ingredient>()];

    [Theory]
    [MemberData(nameof(All))]
    public void P13_each_ingredient_masks_what_it_is_for_and_nothing_else_does(string name)
    {
        var ingredient = Enum.Parse<Ingredient>(name);
        var first = Masked(ingredient, Prove(new Varied(Shape, ingredient, 1)));
        var second = Masked(ingredient, Prove(new Varied(Shape, ingredient, 2)));
        Assert.NotEmpty(first);
        Assert.All(first.Zip(second), pair => Assert.NotEqual(pair.First, pair.Second));

        var without = Masked(ingredient, Prove(new Varied(Shape, ingredient, 1, isLeftOut: true)));
        Assert.Equal(without, Masked(ingredient, Prove(new Varied(Shape, ingredient, 2, isLeftOut: true))));
    }

    /// <summary>A main column: known at the queries and, by coordinates, at ζ; each a new value for every choice of its coefficients.</summary>
    [Fact]
    public void P19_openings_of_a_main_column_have_full_rank_in_its_blinding()
    {
        foreach (var matrix in Shape.Matrices.Where(matrix => matrix.Tree == InputTree.Main))
        {
            var rank = Rank(Changes(new Nudged(matrix, 0, -1), Columns, j => new Nudged(matrix, 0, j), proof => proof.Opened(matrix)[0]));
            Assert.Equal(Forger.VerifyingKey.Parameters.Queries + Extension5.Degree, rank);
        }
    }

    /// <summary>
    /// S: known at the queries, at ζ and at gζ. These are t values, of full rank in the t coefficients: with one coefficient fewer they would depend on each
    /// other, and on the trace.
    /// </summary>
    [Fact]
    public void P19_sum_column_is_known_at_t_places_and_no_more()
    {
        var table = Shape.Terminals[0];
        var matrix = Shape.MatrixOf(InputTree.Permutation, table)!;
        var sum = Forger.VerifyingKey.Tables[table].Layout.SumColumn;
        var changes = Changes(new Nudged(matrix, sum, -1), Columns, j => new Nudged(matrix, sum, j), proof => proof.Opened(matrix)[sum]);
        Assert.Equal(Columns, Rank(changes));
        Assert.Equal(Columns - 1, Rank([.. changes.Take(Columns - 1)]));
    }

    /// <summary>
    /// The chunks give a quotient at the queries, and with it S at g times them; unless a mask is added that is known at the queries and at 3ζ and not where it
    /// masks: these places are 2s + D, of full rank in as many of its coefficients.
    /// </summary>
    [Fact]
    public void P19_quotients_at_the_queries_are_masked_whatever_is_opened_of_the_mask()
    {
        foreach (var quotient in Shape.Quotients)
        {
            var mask = quotient.Mask!;
            var changes = Changes(new Nudged(mask, 0, -1), Masks, j => new Nudged(mask, 0, j), proof => [.. proof.Opened(mask)[0], .. Quotients(proof, quotient)]);
            Assert.Equal(Masks, Rank(changes));
            Assert.Equal(Masks - 1, Rank([.. changes.Take(Masks - 1)]));
            Assert.Equal(Masks - Forger.VerifyingKey.Parameters.Queries, Rank(Changes(new Nudged(mask, 0, -1), Masks, j => new Nudged(mask, 0, j), proof => proof.Opened(mask)[0])));
        }
    }

    /// <summary>The first chunk: known at the queries and at ζ, u values for the u coefficients above it.</summary>
    [Fact]
    public void P19_openings_of_a_chunk_have_full_rank_in_its_mask()
    {
        var matrix = Shape.Quotients[0].Matrix;
        var changes = Changes(new Nudged(matrix, 0, -1), Chunks, j => new Nudged(matrix, 0, j), proof => proof.Opened(matrix)[0]);
        Assert.Equal(Chunks, Rank(changes));
        Assert.Equal(Chunks - 1, Rank([.. changes.Take(Chunks - 1)]));
    }

    private static OpenedProof Prove(Lenient hooks)
    {
        var transcript = new FixedTranscript(Challenges);
        var proof = Forger.Prove(hooks, transcript: transcript);
        return new(Shape, proof, transcript.Indices);
    }

    /// <summary>How the values change with each coefficient, one row a coefficient.</summary>
    private static KoalaBear[][] Changes(Lenient unchanged, int coefficients, Func<int, Lenient> changed, Func<OpenedProof, IEnumerable<KoalaBear>> values)
    {
        var before = Prove(unchanged);
        Assert.Equal(before.Indices.Count, before.Indices.Select(index => index >> (Shape.LogDomain - Shape.Matrices.Min(matrix => matrix.LogDomain))).Distinct().Count());
        return [.. Enumerable.Range(0, coefficients).Select(j => values(Prove(changed(j))).Zip(values(before), (after, was) => after - was).ToArray())];
    }

    /// <summary>A quotient, with its mask, at the queries, as its chunks give it.</summary>
    private static IEnumerable<KoalaBear> Quotients(OpenedProof proof, QuotientShape shape)
    {
        var matrix = shape.Matrix;
        for (var query = 0; query < proof.Indices.Count; query++)
        {
            var step = proof.PointOf(matrix, query).Pow((ulong)shape.ChunkLength);
            var quotient = Extension5.Zero;
            foreach (var chunk in proof.AtQuery(matrix, query).Chunk(Extension5.Degree).Reverse())
                quotient = (quotient * step) + new Extension5(chunk);
            foreach (var limb in OpenedProof.Limbs(quotient))
                yield return limb;
        }
    }

    private static int Rank(KoalaBear[][] rows) => Ranks.Of(rows);

    /// <summary>What an ingredient masks: element by element, in one order.</summary>
    private static List<object> Masked(Ingredient ingredient, OpenedProof proof)
    {
        return ingredient switch
        {
            Ingredient.MainBlinding => Values(InputTree.Main),
            Ingredient.PermutationBlinding => Values(InputTree.Permutation),
            Ingredient.ChunkMasks => [.. Shape.Quotients.SelectMany(quotient => proof.Opened(quotient.Matrix)).SelectMany(values => values)],
            Ingredient.QuotientMasks => [.. Shape.Quotients.SelectMany(quotient => Quotients(proof, quotient).Concat(proof.Opened(quotient.Mask!).SelectMany(values => values)))],
            Ingredient.RandomCodeword => [.. proof.Message(StepName.FinalPolynomial), .. proof.Proof.Openings.Skip(4).SelectMany(opening => opening.Rows)],
            Ingredient.Salts =>
            [
                .. new[] { StepName.MainCommitment, StepName.PermutationCommitment, StepName.QuotientCommitment }.Select(name => new Digest(proof.Message(name))),
                .. proof.Proof.Openings.Skip(1).Take(3).SelectMany(opening => opening.Siblings),
            ],
            _ => [.. Shape.Terminals.Index()
                .Where(terminal => Forger.VerifyingKey.Tables[terminal.Item].Layout.HasMask)
                .Select(terminal => new Extension5(proof.Message(StepName.Terminals).AsSpan(terminal.Index * Extension5.Degree, Extension5.Degree)))],
        };

        List<object> Values(InputTree tree) => [.. Shape.Matrices.Where(matrix => matrix.Tree == tree).SelectMany(proof.Opened).SelectMany(values => values)];
    }
}

internal enum Ingredient
{
    MainBlinding,
    PermutationBlinding,
    QuotientMasks,
    ChunkMasks,
    RandomCodeword,
    Salts,
    TerminalMasks,
}

/// <summary>Always the same randomness but for one ingredient, which comes from a seed of its own or is left out.</summary>
internal sealed class Varied(ProofShape shape, Ingredient ingredient, int seed, bool isLeftOut = false) : Lenient
{
    public override FieldRandomness Randomness() => new Draws(shape, ingredient, new SeededRandomness(0), isLeftOut ? null : new SeededRandomness(seed));

    /// <summary>Tells the ingredients by the order in which the prover draws them; one that it does not draw, or of another size, fails the test.</summary>
    private sealed class Draws : FieldRandomness
    {
        private readonly Queue<(Ingredient Ingredient, int Height, int Width)> expected = [];
        private readonly Ingredient ingredient;
        private readonly FieldRandomness rest;
        private readonly FieldRandomness? varied;

        public Draws(ProofShape shape, Ingredient ingredient, FieldRandomness rest, FieldRandomness? varied)
        {
            (this.ingredient, this.rest, this.varied) = (ingredient, rest, varied);
            var parameters = shape.Key.Parameters;
            expected.Enqueue((Ingredient.TerminalMasks, shape.LogHeights.Length, Extension5.Degree));
            foreach (var layout in shape.Key.Tables.Select(table => table.Layout))
                expected.Enqueue((Ingredient.MainBlinding, BlindingCounts.OfColumn(parameters), layout.MainWidth));
            Salts(InputTree.Main);
            foreach (var layout in shape.Key.Tables.Select(table => table.Layout))
                expected.Enqueue((Ingredient.PermutationBlinding, BlindingCounts.OfColumn(parameters), layout.PermutationWidth));
            Salts(InputTree.Permutation);
            foreach (var quotient in shape.Quotients)
            {
                expected.Enqueue((Ingredient.QuotientMasks, parameters.DegreeBound(quotient.LogDomain), BlindingCounts.QuotientMaskWidth));
                expected.Enqueue((Ingredient.ChunkMasks, BlindingCounts.OfChunk(parameters), (quotient.Chunks - 1) * Extension5.Degree));
            }

            expected.Enqueue((Ingredient.RandomCodeword, parameters.DegreeBound(shape.LogDomain), BlindingCounts.CodewordWidth));
            Salts(InputTree.Quotient);

            void Salts(InputTree tree)
            {
                foreach (var salts in shape.SaltsOf(tree))
                    expected.Enqueue((Ingredient.Salts, 1 << salts.LogHeight, BlindingCounts.SaltWidth));
            }
        }

        public override Matrix Matrix(int height, int width)
        {
            var next = expected.Dequeue();
            Assert.Equal((next.Height, next.Width), (height, width));
            var source = next.Ingredient == ingredient ? varied : rest;
            return source?.Matrix(height, width) ?? new(height, width);
        }
    }
}

/// <summary>Adds one to a coefficient of what blinds a column; nothing for a negative one.</summary>
internal sealed class Nudged(CommittedMatrix matrix, int column, int coefficient) : Lenient
{
    public override FieldRandomness Randomness() => new SeededRandomness(3);

    public override Matrix OnBlinding(CommittedMatrix of, Matrix coefficients)
    {
        if ((of.Tree, of.Position) == (matrix.Tree, matrix.Position) && coefficient >= 0)
            coefficients[coefficient, column] += KoalaBear.One;
        return coefficients;
    }
}
