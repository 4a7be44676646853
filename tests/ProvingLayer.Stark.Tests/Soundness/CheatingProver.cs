using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>Provers that cheat in one step and are honest, and consistent with the transcript, in all others.</summary>
public class CheatingProver
{
    private static readonly Forger Forger = new(ProvedSample.Arithmetic(20));

    [Fact]
    public void The_harness_itself_is_honest() => Assert.Equal(VerificationError.None, Forger.Try());

    [Fact]
    public void P4_wrong_final_polynomial_is_rejected()
    {
        for (var i = 0; i < Forger.Shape.Steps.Single(step => step.Name == StepName.FinalPolynomial).Count; i++)
        {
            Assert.Equal(
                VerificationError.FinalPolynomialMismatch,
                Forger.Try(new MessageForger(StepName.FinalPolynomial, 0, elements => elements[i] += KoalaBear.One)));
        }
    }

    [Fact]
    public void P4_word_altered_between_folds_is_rejected()
    {
        for (var round = 0; round < Forger.Shape.Rounds.Length; round++)
            Assert.Equal(VerificationError.FoldMismatch, Forger.Try(new WordForger(round)));
    }

    [Fact]
    public void P4_wrong_root_of_a_fold_is_rejected()
    {
        for (var round = 0; round < Forger.Shape.Rounds.Length; round++)
        {
            Assert.Equal(
                VerificationError.MerkleMismatch, Forger.Try(new MessageForger(StepName.FoldCommitment, round, elements => elements[0] += KoalaBear.One)));
        }
    }

    [Theory]
    [InlineData(nameof(StepName.MainCommitment))]
    [InlineData(nameof(StepName.PermutationCommitment))]
    [InlineData(nameof(StepName.QuotientCommitment))]
    public void P4_another_root_is_rejected(string name) => Assert.Equal(
        VerificationError.MerkleMismatch, Forger.Try(new MessageForger(Enum.Parse<StepName>(name), 0, elements => elements[7] += KoalaBear.One)));

    [Fact]
    public void P4_wrong_quotient_is_rejected()
    {
        for (var table = 0; table < Forger.VerifyingKey.Tables.Length; table++)
            Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new QuotientForger(table)));
    }

    [Fact]
    public void P4_proof_without_queries_is_rejected()
    {
        var honest = Forger.Prove();
        Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, honest.Messages, [])).Error);
        Assert.Equal(
            VerificationError.WrongLength,
            Forger.Verify(new(InstanceCounts.Single, honest.Messages, [.. honest.Openings.Select(_ => new PrunedOpening([], []))])).Error);
    }

    [Fact]
    public void P4_proof_with_one_query_removed_is_rejected()
    {
        var honest = Forger.Prove();
        for (var i = 0; i < honest.Openings.Length; i++)
        {
            var opening = honest.Openings[i];
            var less = honest.Openings.SetItem(i, opening with { Rows = opening.Rows[..(opening.Rows.Length / 2)] });
            Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, honest.Messages, less)).Error);
        }
    }

    [Fact]
    public void P4_missing_or_additional_fold_is_rejected()
    {
        var honest = Forger.Prove();
        var fold = Digest.Length;
        Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, honest.Messages[..^fold], honest.Openings)).Error);
        Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, [.. honest.Messages, .. new KoalaBear[fold]], honest.Openings)).Error);
        Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, honest.Messages, honest.Openings.RemoveAt(honest.Openings.Length - 1))).Error);
        Assert.Equal(VerificationError.WrongLength, Forger.Verify(new(InstanceCounts.Single, honest.Messages, honest.Openings.Add(honest.Openings[^1]))).Error);
    }

    [Fact]
    public void P6_rows_and_siblings_that_do_not_lie_under_the_root_are_rejected()
    {
        var honest = Forger.Prove();
        for (var i = 0; i < honest.Openings.Length; i++)
        {
            var opening = honest.Openings[i];
            foreach (var at in (ReadOnlySpan<int>)[0, opening.Rows.Length / 2, opening.Rows.Length - 1])
            {
                var rows = opening.Rows.ToArray();
                rows[at] += KoalaBear.One;
                Assert.Equal(VerificationError.MerkleMismatch, Reject(i, opening with { Rows = rows }));
            }

            var siblings = opening.Siblings.ToArray();
            siblings[^1] = default;
            Assert.Equal(VerificationError.MerkleMismatch, Reject(i, opening with { Siblings = siblings }));
            Assert.Equal(VerificationError.WrongLength, Reject(i, opening with { Siblings = opening.Siblings[1..] }));
            Assert.Equal(VerificationError.WrongLength, Reject(i, opening with { Siblings = [.. opening.Siblings, default] }));
            Assert.Equal(VerificationError.WrongLength, Reject(i, opening with { Rows = [.. opening.Rows, default] }));
        }

        VerificationError Reject(int i, PrunedOpening opening) => Forger.Verify(new(InstanceCounts.Single, honest.Messages, honest.Openings.SetItem(i, opening))).Error;
    }

    /// <summary>The quotient stays what it is, so the constraints hold at ζ: only the low-degree test is left to see it.</summary>
    [Fact]
    public void P4_opened_values_that_no_polynomial_has_are_rejected() =>
        Assert.Contains(Forger.Try(new ValueForger((Forger.Shape.Quotients[0].Matrix, 1))), LowDegree);

    /// <summary>
    /// Chunks and random codeword, of one length and opened at one point, are lied about with opposite sign, the chunks so that the constraints hold; the codeword is under none. Did the
    /// powers of the batching challenge start anew at each matrix, the lies would cancel in the reduced word.
    /// </summary>
    [Fact]
    public void P16_violations_that_would_cancel_under_restarted_powers_are_rejected()
    {
        var forger = new Forger(ProvedSample.Arithmetic(3), isHiding: true);
        var codeword = forger.Shape.Matrices.Single(matrix => matrix.Content == MatrixContent.RandomCodeword);
        var chunks = forger.Shape.Quotients[0].Matrix;
        Assert.Equal((codeword.LogDomain, codeword.PointOf(0)), (chunks.LogDomain, chunks.PointOf(0)));
        Assert.Contains(forger.Try(new ValueForger((chunks, 1), (codeword, -1))), LowDegree);
    }

    private static readonly VerificationError[] LowDegree = [VerificationError.FoldMismatch, VerificationError.FinalPolynomialMismatch];

    private sealed class WordForger(int round) : Lenient
    {
        public override void OnWord(int at, Extension5[] word)
        {
            if (at != round)
                return;
            for (var i = 0; i < word.Length; i++)
                word[i] += Extension5.X;
        }
    }

    private sealed class QuotientForger(int table) : Lenient
    {
        public override void OnQuotient(int at, Matrix coefficients)
        {
            if (at == table)
                coefficients[3, 0] += KoalaBear.One;
        }
    }

    /// <summary>Adds ±X to the first column of a matrix and takes ±1 from the second, in the opened values alone: the element v₀ + X·v₁ + … stays what it is.</summary>
    private sealed class ValueForger(params (CommittedMatrix Matrix, int Sign)[] lies) : Lenient
    {
        public override void OnMessage(ProtocolStep step, Span<KoalaBear> elements)
        {
            if (step.Name != StepName.OpenedValues)
                return;
            foreach (var (matrix, sign) in lies)
            {
                Add(elements, matrix.FirstValue, sign > 0 ? Extension5.X : -Extension5.X);
                Add(elements, matrix.FirstValue + 1, sign > 0 ? -Extension5.One : Extension5.One);
            }
        }

        private static void Add(Span<KoalaBear> elements, int value, Extension5 term)
        {
            var slot = elements.Slice(value * Extension5.Degree, Extension5.Degree);
            (new Extension5(slot) + term).CopyTo(slot);
        }
    }
}
