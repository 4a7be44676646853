using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>Lies about which instance a row belongs to, in proofs of several.</summary>
public class InstanceForgeries
{
    private static readonly Forger Forger = NewForger(4);

    [Fact]
    public void The_harness_itself_is_honest() => Assert.Equal(VerificationError.None, Forger.Try());

    /// <summary>Swapped in every table alike, all messages cancel: only the column's own constraints are left to see it.</summary>
    [Fact]
    public void Instances_swapped_in_every_table_are_rejected() =>
        Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new InstanceForger(instance => instance ^ 1u)));

    [Fact]
    public void Instances_that_do_not_start_at_zero_are_rejected() =>
        Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new InstanceForger(instance => instance + 1)));

    /// <summary>All rows in one instance: cells of one run could be read by another.</summary>
    [Fact]
    public void One_instance_for_all_rows_is_rejected() =>
        Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new InstanceForger(_ => 0)));

    [Fact]
    public void An_instance_that_fails_among_others_is_rejected()
    {
        var matrix = Forger.Sample.Trace.Main[Forger.TableOf("word sum")];
        var copy = new Matrix([.. matrix.Data], matrix.Height, matrix.Width);
        copy[(matrix.Height / 4 * 3) + 1, 0] += KoalaBear.One; // a row of the last instance
        var trace = Forger.Sample.Trace;
        Assert.NotEqual(
            VerificationError.None,
            Forger.Try(trace: new(trace.Main.SetItem(Forger.TableOf("word sum"), copy), trace.PublicValues, trace.LogInstances)));
    }

    [Fact]
    public void P17_another_log_N_in_the_header_is_rejected()
    {
        var proof = Forger.Prove();
        for (var logInstances = 0; logInstances <= Forger.VerifyingKey.MaxLogInstances; logInstances++)
        {
            var error = Forger.Verify(new(InstanceCounts.Of(logInstances), proof.Messages, proof.Openings)).Error;
            Assert.Equal(logInstances == proof.Instances.LogOf(0), error == VerificationError.None);
        }
    }

    private static Forger NewForger(int instances)
    {
        var samples = Enumerable.Range(0, instances).Select(i => ProvedSample.Sums((UInt128)i * 1000, (UInt128)i)).ToArray();
        var trace = Batch.Of(samples[0].Circuit, [.. samples.Select(sample => sample.Trace)]);
        return new(samples[0] with { Trace = trace }, maxLogInstances: 4);
    }

    /// <summary>
    /// Lies in the column alone would not cancel; so would not a lie after the sums. This one is told before them: the numbers in the column are
    /// those the messages carry.
    /// </summary>
    private sealed class InstanceForger(Func<uint, uint> lie) : Lenient
    {
        public override uint InstanceOf(uint instance) => lie(instance);
    }
}
