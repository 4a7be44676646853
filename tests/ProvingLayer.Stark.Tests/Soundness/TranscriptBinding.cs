using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>Every challenge depends on everything said before it.</summary>
public class TranscriptBinding
{
    /// <summary>Grinding everywhere, so that every step of the conversation occurs.</summary>
    private static readonly Profile Grinding = Profile.Test with { Parameters = Profile.Test.Parameters with { QueryGrindingBits = 2, BatchGrindingBits = 3, FoldGrindingBits = 1 } };

    private static readonly Forger Forger = new(ProvedSample.Words(99), Grinding);

    [Fact]
    public void P1_prover_and_verifier_draw_and_absorb_the_same()
    {
        var proving = new ScriptedTranscript();
        var proof = Forger.Prove(transcript: proving);
        var verifying = new ScriptedTranscript();
        Assert.True(Forger.Verify(proof, verifying).IsAccepted);
        Assert.Equal(proving.Drawn, verifying.Drawn);
        Assert.Equal(proving.Absorbed, verifying.Absorbed);
        Assert.Equal(proving.AbsorbedBefore, verifying.AbsorbedBefore);
    }

    [Fact]
    public void P1_header_key_and_statement_are_absorbed_before_the_first_challenge()
    {
        var transcript = new ScriptedTranscript();
        var proof = Forger.Prove(transcript: transcript);
        var header = ProofHeader.Elements(Forger.VerifyingKey, InstanceCounts.Single);
        KoalaBear[] statement = [.. header, .. ProofHeader.PublicValues(Forger.Sample.Trace.PublicValues.AsSpan())];
        Assert.Equal(statement, transcript.Absorbed[..statement.Length]);
        Assert.Equal(statement.Length + Digest.Length, transcript.AbsorbedBefore[0]);

        // After the header the transcript holds the proof's messages, whole and in order.
        Assert.Equal(proof.Messages, transcript.Absorbed[statement.Length..]);

        // What the header names: protocol, machine, suite, parameters, key, hiding, presence, log N.
        KoalaBear[] expected =
        [
            KoalaBear.FromCanonical(0x504c53), KoalaBear.FromCanonical(ProofHeader.ProtocolVersion), .. Forger.VerifyingKey.MachineId.AsSpan(),
            KoalaBear.FromCanonical(Poseidon2.SuiteId), .. ProofHeader.ParametersOf(Grinding, Grinding.Parameters), .. Forger.VerifyingKey.Digest.AsSpan(),
            KoalaBear.Zero, KoalaBear.One, KoalaBear.One, KoalaBear.Zero,
        ];
        Assert.Equal(expected, header);
    }

    [Fact]
    public void P1_each_element_of_the_header_changes_the_challenges()
    {
        KoalaBear[] statement = [.. ProofHeader.Elements(Forger.VerifyingKey, InstanceCounts.Single), .. ProofHeader.PublicValues(Forger.Sample.Trace.PublicValues.AsSpan())];
        var challenges = new HashSet<Extension5> { After(statement) };
        for (var i = 0; i < statement.Length; i++)
        {
            var changed = statement.ToArray();
            changed[i] += KoalaBear.One;
            Assert.True(challenges.Add(After(changed)));
        }

        static Extension5 After(KoalaBear[] elements)
        {
            var transcript = Forger.NewTranscript();
            transcript.Absorb(elements);
            return transcript.SampleExtension();
        }
    }

    [Fact]
    public void P1_each_message_changes_all_later_challenges_and_no_earlier_one()
    {
        var honest = new ScriptedTranscript();
        Forger.Prove(transcript: honest);
        var absorbed = honest.Absorbed.Count - Forger.Shape.MessageElements;
        var messages = 0;
        foreach (var step in Forger.Shape.Steps.Where(step => step.SentElements() > 0))
        {
            // The last element of the message: were only its beginning absorbed, nothing would change.
            var transcript = new ScriptedTranscript();
            Forger.Prove(new MessageForger(step.Name, step.Round, elements => elements[^1] += KoalaBear.One), transcript: transcript);
            absorbed += step.SentElements();
            for (var i = 0; i < honest.Drawn.Count; i++)
            {
                var isSame = transcript.Drawn[i] == honest.Drawn[i];
                if (honest.AbsorbedBefore[i] < absorbed)
                    Assert.True(isSame, $"{step}: challenge {i} was drawn before it");
                else if (!honest.Drawn[i].IsBase)
                    Assert.False(isSame, $"{step}: challenge {i} does not depend on it"); // few bits, as drawn for nonces and indices, may agree
            }

            Assert.Contains(honest.AbsorbedBefore, count => count >= absorbed);
            messages++;
        }

        // All names but the verifier's six.
        Assert.Equal(Enum.GetValues<StepName>().Length - 6, Forger.Shape.Steps.Where(step => step.SentElements() > 0).Select(step => step.Name).Distinct().Count());
        Assert.Equal(Forger.Shape.Steps.Count(step => step.Kind is StepKind.Message or StepKind.Grinding), messages);
    }

    [Theory]
    [InlineData(nameof(StepName.BatchGrinding))]
    [InlineData(nameof(StepName.FoldGrinding))]
    [InlineData(nameof(StepName.QueryGrinding))]
    public void P1_every_nonce_is_checked(string name)
    {
        // One of so many other nonces does not show the work; the transcript goes on from the wrong one.
        var forger = new Forger(ProvedSample.Arithmetic(), Profile.Test with { Parameters = Profile.Test.Parameters with { QueryGrindingBits = 8, BatchGrindingBits = 8, FoldGrindingBits = 8 } });
        Assert.Equal(VerificationError.None, forger.Try());
        Assert.Equal(
            VerificationError.ProofOfWork,
            forger.Try(new MessageForger(Enum.Parse<StepName>(name), 0, elements => elements[0] += KoalaBear.FromCanonical(1))));
    }
}
