using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>What hiding gives the prover to choose freely gives him nothing to cheat with.</summary>
public class HidingSoundness
{
    private static readonly Forger Forger = new(ProvedSample.Words(77), isHiding: true);
    private static readonly Forger Sister = new(ProvedSample.Words(77));
    private static readonly VerificationError[] LowDegree = [VerificationError.FoldMismatch, VerificationError.FinalPolynomialMismatch];

    private static ProofParameters Parameters => Forger.VerifyingKey.Parameters;

    /// <summary>The words that FRI sees are (f(X) − f(z))/(X − z): they are under the bound if f has one coefficient more than it, not two.</summary>
    [Fact]
    public void P4_random_codeword_of_too_high_degree_is_rejected()
    {
        var codeword = Assert.Single(Forger.Shape.Matrices, matrix => matrix.Content == MatrixContent.RandomCodeword);
        var bound = Parameters.DegreeBound(Forger.Shape.LogDomain);
        Assert.Equal(VerificationError.None, Forger.Try(new HighDegree(codeword, bound + 1)));
        Assert.Contains(Forger.Try(new HighDegree(codeword, bound + 2)), LowDegree);
    }

    /// <summary>Whatever its degree, the mask of a quotient is taken off again at ζ: only the low-degree test is left to see it.</summary>
    [Fact]
    public void P4_masks_of_quotients_above_the_degree_bound_are_rejected()
    {
        foreach (var quotient in Forger.Shape.Quotients)
        {
            var bound = Parameters.DegreeBound(quotient.LogDomain);
            Assert.Equal(VerificationError.None, Forger.Try(new HighDegree(quotient.Mask!, bound + 1)));
            Assert.Contains(Forger.Try(new HighDegree(quotient.Mask!, bound + 2)), LowDegree);
        }
    }

    /// <summary>What is taken off at ζ is what is committed to.</summary>
    [Fact]
    public void P4_mask_of_a_quotient_opened_as_another_is_rejected()
    {
        foreach (var quotient in Forger.Shape.Quotients)
        {
            var first = quotient.Mask!.FirstValue * Extension5.Degree;
            Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new MessageForger(StepName.OpenedValues, 0, elements => elements[first] += KoalaBear.One)));
        }
    }

    /// <summary>The masks of the chunks cancel in the quotient whatever their degree: only the low-degree test is left to see it.</summary>
    [Fact]
    public void P4_chunks_masked_above_the_degree_bound_are_rejected()
    {
        foreach (var quotient in Forger.Shape.Quotients)
        {
            var above = Parameters.DegreeBound(quotient.LogDomain) - quotient.ChunkLength + 2;
            Assert.Contains(Forger.Try(new HighDegree(quotient.Matrix, above)), LowDegree);
        }
    }

    [Theory]
    [InlineData("Main")]
    [InlineData("Permutation")]
    public void P4_columns_blinded_above_the_degree_bound_are_rejected(string name)
    {
        var tree = Enum.Parse<InputTree>(name);
        foreach (var matrix in Forger.Shape.Matrices.Where(matrix => matrix.Tree == tree))
        {
            var above = Parameters.DegreeBound(matrix.LogDomain) - (1 << matrix.LogHeight) + 2;
            Assert.NotEqual(VerificationError.None, Forger.Try(new HighDegree(matrix, above)));
        }
    }

    [Fact]
    public void C14_masks_that_do_not_cancel_are_rejected()
    {
        var masked = 0;
        for (var table = 0; table < Forger.VerifyingKey.Tables.Length; table++)
        {
            var layout = Forger.VerifyingKey.Tables[table].Layout;
            if (!layout.HasMask)
                continue;
            masked++;
            for (var column = 0; column < TerminalMask.Columns; column++)
                Assert.Equal(VerificationError.BusImbalance, Forger.Try(new MaskForger(table, layout.MaskColumn + column)));
        }

        Assert.True(masked >= 2);
    }

    /// <summary>The messages of masks count on the last row alone: what stands elsewhere in their columns says nothing.</summary>
    [Fact]
    public void Each_table_has_its_own_place_in_the_ring_of_masks()
    {
        var numbers = Enumerable.Range(0, Forger.VerifyingKey.Tables.Length).Where(table => Forger.VerifyingKey.Tables[table].Layout.HasMask).Select(Forger.Shape.MaskOf).ToArray();
        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers.Select(number => number.Own));
        Assert.Equal(numbers.Select(number => number.Own), numbers.Select(number => number.Previous).Order());
        Assert.All(numbers, number => Assert.Equal(number.Own, (number.Previous + 1) % numbers.Length));
    }

    [Fact]
    public void P4_first_and_last_element_of_every_message_are_bound()
    {
        foreach (var step in Forger.Shape.Steps.Where(step => step.Kind == StepKind.Message))
        {
            Assert.NotEqual(VerificationError.None, Forger.Try(new MessageForger(step.Name, step.Round, elements => elements[0] += KoalaBear.One)));
            Assert.NotEqual(VerificationError.None, Forger.Try(new MessageForger(step.Name, step.Round, elements => elements[^1] += KoalaBear.One)));
        }
    }

    /// <summary>Salts stand last among the rows of an opening; they and all other rows lie under the root.</summary>
    [Fact]
    public void P6_altered_rows_and_salts_are_rejected()
    {
        var honest = Forger.Prove();
        for (var i = 0; i < honest.Openings.Length; i++)
        {
            foreach (var at in (ReadOnlySpan<int>)[0, honest.Openings[i].Rows.Length / 2, honest.Openings[i].Rows.Length - 1])
            {
                var rows = honest.Openings[i].Rows.ToArray();
                rows[at] += KoalaBear.One;
                var altered = honest.Openings.SetItem(i, honest.Openings[i] with { Rows = rows });
                Assert.Equal(VerificationError.MerkleMismatch, Forger.Verify(new(InstanceCounts.Single, honest.Messages, altered, isHiding: true)).Error);
            }
        }
    }

    [Fact]
    public void P13_header_says_hiding_or_transparent_and_the_key_decides()
    {
        var hiding = Forger.Prove();
        var transparent = Sister.Prove();
        Assert.True(hiding.IsHiding);
        Assert.False(transparent.IsHiding);
        Assert.Equal(VerificationError.HeaderMismatch, Forger.Verify(transparent).Error);
        Assert.Equal(VerificationError.HeaderMismatch, Sister.Verify(hiding).Error);
        Assert.Equal(VerificationError.HeaderMismatch, Forger.Verify(new(InstanceCounts.Single, hiding.Messages, hiding.Openings)).Error);
        Assert.NotEqual(VerificationError.None, Sister.Verify(new(InstanceCounts.Single, hiding.Messages, hiding.Openings)).Error);
        Assert.NotEqual(VerificationError.None, Forger.Verify(new(InstanceCounts.Single, transparent.Messages, transparent.Openings, isHiding: true)).Error);
        Assert.NotEqual(Forger.VerifyingKey.Digest, Sister.VerifyingKey.Digest);

        Assert.True(ProofFormat.TryRead(ProofFormat.Write(hiding), out var read, out _));
        Assert.True(read.IsHiding);
        Assert.True(Forger.Verify(read).IsAccepted);
    }

    [Fact]
    public void P10_hiding_enters_the_digest_and_the_file_of_a_key()
    {
        foreach (var key in (VerifyingKey[])[Forger.VerifyingKey, Sister.VerifyingKey])
        {
            Assert.NotEqual(
                key.Digest, new VerifyingKey(key.MachineId, key.SuiteId, key.Profile, key.Tables, 0, key.PublicCount, key.PreprocessedRoots, !key.IsHiding).Digest);
            Assert.True(VerifyingKeyFormat.TryRead(VerifyingKeyFormat.Write(key), out var read, out _));
            Assert.Equal((key.Digest, key.IsHiding), (read.Digest, read.IsHiding));
        }
    }
}
