using System.Buffers.Binary;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using Snapshooter.Xunit;

namespace ProvingLayer.Constraints.Tests.Circuits;

public class BinaryForm
{
    public static TheoryData<string> Names => [.. SampleCircuits.All().Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_circuit_read_back_is_the_same_circuit(string name)
    {
        var sample = SampleCircuits.All().Single(s => s.Name == name);
        var bytes = CircuitFormat.ToBytes(sample.Circuit);
        Assert.True(CircuitFormat.TryRead(bytes, out var circuit, out var error), error?.ToString());
        Assert.Equal(bytes, CircuitFormat.ToBytes(circuit));
        Assert.Equal(sample.Circuit.ToText(), circuit.ToText());
        Assert.Empty(CircuitRules.Check(circuit));
        foreach (var (left, right) in sample.Circuit.Tables.Zip(circuit.Tables))
            Assert.Equal(left.Preprocessed.Data, right.Preprocessed.Data);
        var trace = CircuitExecutor.Run(circuit, sample.Inputs).Trace!;
        foreach (var (left, right) in sample.Trace().Main.Zip(trace.Main))
            Assert.Equal(left.Data, right.Data);
    }

    [Fact]
    public void Text_of_a_circuit() => SampleCircuits.Everything().Circuit.ToText().MatchSnapshot();

    [Fact]
    public void S3_every_truncation_is_a_typed_error_within_the_bytes()
    {
        var bytes = CircuitFormat.ToBytes(SampleCircuits.Everything().Circuit);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(CircuitFormat.TryRead(bytes.AsSpan(0, length), out var circuit, out var error));
            Assert.Null(circuit);
            Assert.InRange(error.Offset, 0, length);
            Assert.NotEqual(FormatFault.TrailingBytes, error.Fault);
        }

        Assert.False(CircuitFormat.TryRead([.. bytes, 0], out _, out var trailing));
        Assert.Equal(FormatFault.TrailingBytes, trailing.Fault);
    }

    [Fact]
    public void P8_every_flipped_bit_is_refused_or_another_circuit_in_its_one_form()
    {
        var bytes = CircuitFormat.ToBytes(SampleCircuits.Division().Circuit);
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[i / 8] ^= (byte)(1 << (i % 8));
            if (CircuitFormat.TryRead(flipped, out var circuit, out _))
                Assert.Equal(flipped, CircuitFormat.ToBytes(circuit));
        }
    }

    [Fact]
    public void S3_no_count_allocates_more_than_its_bytes()
    {
        var bytes = CircuitFormat.ToBytes(SampleCircuits.Everything().Circuit);
        foreach (var forged in new uint[] { uint.MaxValue, int.MaxValue, 1u << 28, 1u << 20 })
        {
            for (var offset = 8; offset + 4 <= bytes.Length; offset++)
            {
                var changed = (byte[])bytes.Clone();
                BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(offset), forged);
                var before = GC.GetAllocatedBytesForCurrentThread();
                CircuitFormat.TryRead(changed, out _, out _);
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20, $"{forged} at {offset}");
            }
        }
    }

    [Fact]
    public void Magic_version_text_and_elements_are_checked()
    {
        var bytes = CircuitFormat.ToBytes(SampleCircuits.Extension().Circuit);
        Assert.Equal(FormatFault.Magic, Error(bytes, 0, (byte)'X').Fault);
        Assert.Equal(FormatFault.Version, Error(bytes, 4, 2).Fault);
        Assert.Equal(FormatFault.NotText, Error(bytes, 16, 0xff).Fault);

        var reader = new CanonicalReader([1, 0, 0, 0x7f]);
        reader.ReadElement();
        Assert.Equal(new FormatError(FormatFault.NotCanonical, 0, "a field element is not below p"), reader.Error);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(0u, reader.ReadUInt32());

        reader = new CanonicalReader([0, 0, 0, 0x7f, 2]);
        Assert.Equal(-KoalaBear.One, reader.ReadElement());
        Assert.False(reader.ReadBoolean());
        Assert.Equal(FormatFault.OutOfRange, reader.Error!.Fault);
    }

    [Fact]
    public void An_operand_that_is_written_later_is_refused()
    {
        var builder = new CircuitBuilder();
        var word = builder.Input(CellType.Word, 0);
        builder.Pack(word, word, 3);
        var bytes = CircuitFormat.ToBytes(builder.Build());
        var at = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[2, 0, 0, 0, 0, 0, 0, 0, 0]) + 1;
        var error = Error(bytes, at, 1);
        Assert.Equal((FormatFault.Content, "an operand is not written before"), (error.Fault, error.Message));
    }

    private static FormatError Error(byte[] bytes, int offset, byte value)
    {
        var changed = (byte[])bytes.Clone();
        changed[offset] = value;
        Assert.False(CircuitFormat.TryRead(changed, out _, out var error));
        return error;
    }
}
