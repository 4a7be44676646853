using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Keys;

public class KeyTests
{
    private static readonly Forger Forger = new(ProvedSample.Words(12), Profile.Standard);

    [Fact]
    public void Keys_are_reproducible()
    {
        var again = ProvingKey.Generate(ProvedSample.Words(99).Circuit, Profile.Standard);
        Assert.Equal(Forger.VerifyingKey.Digest, again.VerifyingKey.Digest);
        Assert.Equal(VerifyingKeyFormat.Write(Forger.VerifyingKey), VerifyingKeyFormat.Write(again.VerifyingKey));
    }

    [Fact]
    public void P8_key_file_is_read_and_written_again_the_same()
    {
        var file = VerifyingKeyFormat.Write(Forger.VerifyingKey);
        Assert.True(VerifyingKeyFormat.TryRead(file, out var key, out _));
        Assert.Equal(Forger.VerifyingKey.Digest, key.Digest);
        Assert.Equal(file, VerifyingKeyFormat.Write(key));
        Assert.True(Verifier.Verify(key, Forger.Sample.Trace.PublicValues.AsSpan(), Forger.Prove()).IsAccepted);
    }

    /// <summary>Every bit of the file: the key is refused, or is another key with another digest, which refuses the proof.</summary>
    [Fact]
    public void P10_every_flipped_bit_of_a_key_file_gives_no_key_or_another_one()
    {
        var file = VerifyingKeyFormat.Write(Forger.VerifyingKey);
        var digests = new HashSet<Digest> { Forger.VerifyingKey.Digest };
        var others = 0;
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var copy = file.ToArray();
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            if (!VerifyingKeyFormat.TryRead(copy, out var key, out _))
                continue;
            Assert.True(digests.Add(key.Digest), $"bit {bit} does not enter the digest");
            others++;
        }

        Assert.True(others > 200); // the root's, at least
        for (var length = 0; length < file.Length; length++)
            Assert.False(VerifyingKeyFormat.TryRead(file.AsSpan(0, length), out _, out _));
        Assert.False(VerifyingKeyFormat.TryRead([.. file, 0], out _, out _));
    }

    [Fact]
    public void P10_every_field_enters_the_digest()
    {
        var key = Forger.VerifyingKey;
        var root = new Digest([.. key.PreprocessedRoots[0].AsSpan()[..7], key.PreprocessedRoots[0][7] + KoalaBear.One]);
        var machine = new Digest([key.MachineId[0] + KoalaBear.One, .. key.MachineId.AsSpan()[1..]]);
        var parameters = key.Profile.Parameters;
        List<VerifyingKey> others =
        [
            new(machine, key.SuiteId, key.Profile, key.Tables, 0, key.PublicCount, key.PreprocessedRoots),
            new(key.MachineId, Poseidon1.SuiteId, key.Profile, key.Tables, 0, key.PublicCount, key.PreprocessedRoots),
            new(key.MachineId, key.SuiteId, key.Profile, key.Tables, 1, key.PublicCount, key.PreprocessedRoots),
            new(key.MachineId, key.SuiteId, key.Profile, key.Tables, 0, key.PublicCount + 1, key.PreprocessedRoots),
            new(key.MachineId, key.SuiteId, key.Profile, key.Tables, 0, key.PublicCount, [root]),
            new(key.MachineId, key.SuiteId, key.Profile, key.Tables.RemoveAt(0), 0, key.PublicCount, key.PreprocessedRoots),
        ];
        Profile[] profiles =
        [
            key.Profile with { Id = 7 }, key.Profile with { MinimumBits = 99 }, key.Profile with { IsForTests = true },
            key.Profile with { Regime = Stark.Security.DecodingRegime.Unique },
            key.Profile with { Parameters = parameters with { LogBlowup = 2 } }, key.Profile with { Parameters = parameters with { LogArity = 2 } },
            key.Profile with { Parameters = parameters with { LogFinalLength = 2 } }, key.Profile with { Parameters = parameters with { Queries = 60 } },
            key.Profile with { Parameters = parameters with { QueryGrindingBits = 15 } }, key.Profile with { Parameters = parameters with { BatchGrindingBits = 1 } },
            key.Profile with { Parameters = parameters with { FoldGrindingBits = 1 } },
        ];
        others.AddRange(profiles.Select(profile => new VerifyingKey(key.MachineId, key.SuiteId, profile, key.Tables, 0, key.PublicCount, key.PreprocessedRoots)));
        for (var i = 0; i < key.Tables.Length; i++)
        {
            var table = key.Tables[i];
            KeyTable[] tables =
            [
                table with { LogPeriod = table.LogPeriod + 1 }, table with { IsShared = !table.IsShared }, table with { PreprocessedWidth = table.PreprocessedWidth + 1 },
                table with { MainWidth = table.MainWidth + 1 }, table with { PermutationWidth = table.PermutationWidth + 1 }, table with { Degree = table.Degree + 1 },
            ];
            others.AddRange(tables.Select(other => new VerifyingKey(
                key.MachineId, key.SuiteId, key.Profile, key.Tables.SetItem(i, other), 0, key.PublicCount, key.PreprocessedRoots)));
        }

        // All of them differ from the key and from each other.
        Assert.Equal(others.Count + 1, others.Append(key).Select(other => other.Digest).Distinct().Count());
    }

    [Fact]
    public void P10_proof_of_a_program_with_one_other_constant_is_rejected()
    {
        var five = new Forger(Constant(5));
        var six = new Forger(Constant(6));
        Assert.Equal(five.Shape.MessageElements, six.Shape.MessageElements);
        Assert.NotEqual(five.VerifyingKey.Digest, six.VerifyingKey.Digest);
        Assert.True(five.Verify(five.Prove()).IsAccepted);
        Assert.False(six.Verify(five.Prove()).IsAccepted);
        Assert.False(five.Verify(five.Prove(), key: six.VerifyingKey).IsAccepted);

        static ProvedSample Constant(uint constant)
        {
            var builder = new CircuitBuilder();
            builder.Public(builder.MulAdd(builder.One, builder.One, builder.Constant(KoalaBear.FromCanonical(constant))), 1);
            var circuit = builder.Build();
            return new(circuit, Constraints.Execution.CircuitExecutor.Run(circuit, []).Trace!);
        }
    }

    [Fact]
    public void P10_weakened_profiles_are_refused_by_their_level()
    {
        var parameters = Profile.Standard.Parameters;
        (ProofParameters, string)[] weaker =
        [
            (parameters with { Queries = 30 }, "proven bits"),
            (parameters with { QueryGrindingBits = 0, Queries = 58 }, "proven bits"),
            (parameters with { LogBlowup = 2 }, "above what the rate allows"),
        ];
        var proof = Forger.Prove();
        foreach (var (weak, words) in weaker)
        {
            var key = Forger.VerifyingKey;
            var other = new VerifyingKey(key.MachineId, key.SuiteId, key.Profile with { Parameters = weak }, key.Tables, 0, key.PublicCount, key.PreprocessedRoots);
            Assert.Equal(VerificationError.SecurityTooLow, Forger.Verify(proof, key: other).Error);
            Assert.False(ProvingKey.TryGenerate(Forger.Sample.Circuit, key.Profile with { Parameters = weak }, 0, Poseidon2.SuiteId, out _, out var fault));
            Assert.Contains(words, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void P10_test_profile_is_refused_unless_it_is_allowed()
    {
        var forger = new Forger(ProvedSample.Arithmetic());
        var result = Verifier.Verify(forger.VerifyingKey, forger.Sample.Trace.PublicValues.AsSpan(), forger.Prove());
        Assert.Equal(VerificationError.ProfileRefused, result.Error);
    }

    [Fact]
    public void P14_printed_level_is_that_of_the_keys_own_parameters()
    {
        var level = Forger.VerifyingKey.SecurityAt(0);
        Assert.Equal(level.Bits, Verifier.Verify(Forger.VerifyingKey, Forger.Sample.Trace.PublicValues.AsSpan(), Forger.Prove()).Security!.Bits);
        Assert.True(level.Bits >= 100);
        Assert.Contains(level.Rounds, round => round.Name == "LogUp");
        Assert.Equal(Forger.Shape.Rounds.Length, level.Rounds.Count(round => round.Name == "fold"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(31)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void P17_log_N_outside_the_keys_bound_is_refused_before_allocation(int logInstances)
    {
        var honest = Forger.Prove();
        var proof = new Proof(InstanceCounts.Of(logInstances), honest.Messages, honest.Openings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(VerificationError.TooManyInstances, Forger.Verify(proof).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void P17_key_is_not_generated_for_more_instances_than_its_bounds_allow()
    {
        var sample = ProvedSample.Sums(1, 2);
        Assert.True(ProvingKey.TryGenerate(sample.Circuit, Profile.Standard, 3, Poseidon2.SuiteId, out _, out _));
        Assert.False(ProvingKey.TryGenerate(sample.Circuit, Profile.Standard, 24, Poseidon2.SuiteId, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    /// <summary>Both would be unsound however many bits the profile promises: the level does not look at them.</summary>
    [Fact]
    public void P10_keys_that_no_level_speaks_of_are_refused_by_their_rules()
    {
        var key = Forger.VerifyingKey;
        Assert.Null(KeyRules.FaultOf(key));

        var repeated = new VerifyingKey(key.MachineId, key.SuiteId, key.Profile, key.Tables, 1, key.PublicCount, key.PreprocessedRoots);
        Assert.Equal("public values belong to a proof of one instance", KeyRules.FaultOf(repeated));

        // A quotient of more chunks than the code has room for: its degree bound would not be that of the committed words.
        var dense = key.Profile with { MinimumBits = 0, Parameters = key.Profile.Parameters with { LogBlowup = 1 } };
        var fault = KeyRules.FaultOf(new(key.MachineId, key.SuiteId, dense, key.Tables, 0, key.PublicCount, key.PreprocessedRoots));
        Assert.Contains("is above what the rate allows", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void P17_log_N_changes_every_challenge() =>
        Assert.NotEqual(ProofHeader.Elements(Forger.VerifyingKey, InstanceCounts.Of(0)), ProofHeader.Elements(Forger.VerifyingKey, InstanceCounts.Of(1)));

    [Fact]
    public void Both_suites_prove_and_their_proofs_do_not_mix()
    {
        var sample = ProvedSample.Arithmetic();
        Assert.True(ProvingKey.TryGenerate(sample.Circuit, Profile.Test, 0, Poseidon1.SuiteId, out var first, out _));
        Assert.True(ProvingKey.TryGenerate(sample.Circuit, Profile.Test, 0, Poseidon2.SuiteId, out var second, out _));
        var proof = Stark.Proving.Prover.Prove(first, sample.Trace);
        Assert.True(Verifier.Verify(first.VerifyingKey, sample.Trace.PublicValues.AsSpan(), proof, Forger.Testing).IsAccepted);
        Assert.False(Verifier.Verify(second.VerifyingKey, sample.Trace.PublicValues.AsSpan(), proof, Forger.Testing).IsAccepted);
    }
}
