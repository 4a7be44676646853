using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;

namespace ProvingLayer.Constraints.Tests.Artifacts;

/// <summary>Inner proofs in the ABI's binary form: what is written is read, and what does not fit together is refused.</summary>
public sealed class InnerProofAbiTests
{
    private static readonly AbiScalar number = new(Interval.Unsigned(64), ScalarLayout.Unsigned(64), ScalarFormat.Integer);
    private static readonly Abi claim = new("S", false, [], [new("S", [new("args.a", AbiInputRole.PublicArgument, number, 0, 1)], [], [], [new("result", AbiOutputRole.Result, number, false)], [], [])]);

    private static readonly AbiFunction function = new(
        "T", [new("args.p.args.a", AbiInputRole.InnerStatement, number, 0, 1), new("args.p.result", AbiInputRole.InnerStatement, number, 1, 1)], [], [], [], [], [])
    {
        InnerProofs = [new("args.p", claim, [1, 2, 3], 2, 40)],
    };

    [Fact]
    public void Inner_proof_is_read_as_it_was_written()
    {
        var read = Read(function, out var error);
        Assert.Null(error);
        var proof = Assert.Single(read.Functions[0].InnerProofs);
        Assert.Equal(("args.p", 2, 40), (proof.Name, proof.Slot, proof.SlotCount));
        Assert.Equal([1, 2, 3], proof.Key.ToArray());
        Assert.Equal("args.a", proof.Claim.Functions[0].Inputs[0].Name);
        Assert.Equal(42, read.Functions[0].SlotCount);
        Assert.True(read.HasPrivateInputs);
    }

    [Fact]
    public void Inner_proof_of_a_set_is_read_as_it_was_written()
    {
        var read = Read(OfSet([new(claim, [1, 2, 3], HistoryDigests.EmptyLog), new(Named("R"), [4, 5], default)]), out var error);
        Assert.Null(error);
        var proof = Assert.Single(read.Functions[0].InnerProofs);
        Assert.Equal(["S", "R"], proof.Choices.Select(choice => choice.Claim.Functions[0].Name));
        Assert.Equal(["S", "R"], proof.Claims.Select(of => of.Functions[0].Name));
        Assert.Equal([[1, 2, 3], [4, 5]], proof.Choices.Select(choice => choice.Key.ToArray()));
        Assert.Equal([HistoryDigests.EmptyLog, default], proof.Choices.Select(choice => choice.WrapRoot));
        Assert.Equal("any of S, R", proof.Description);
    }

    public static TheoryData<string> SetFaults => ["name", "input", "layout", "result", "machine", "many"];

    [Theory]
    [MemberData(nameof(SetFaults))]
    public void S3_set_whose_statements_do_not_fit_each_other_is_refused(string fault)
    {
        var other = Named("R");
        var inner = other.Functions[0];
        other = fault switch
        {
            "name" => claim,
            "input" => other with { Functions = [inner with { Inputs = [inner.Inputs[0] with { Name = "args.b" }] }] },
            "layout" => other with { Functions = [inner with { Inputs = [inner.Inputs[0] with { Type = number with { Layout = ScalarLayout.Unsigned(128) } }] }] },
            "result" => other with { Functions = [inner with { Outputs = [] }] },
            "machine" => other with { IsMachine = true },
            _ => other,
        };
        AbiInnerChoice[] choices = [new(claim, [1, 2, 3], default), .. Enumerable.Range(0, fault == "many" ? AbiInnerChoice.Most : 1).Select(i => new AbiInnerChoice(fault == "many" ? Named($"R{i}") : other, [4], default))];
        Read(OfSet([.. choices]), out var error);
        Assert.NotNull(error);
    }

    private static Abi Named(string name) => claim with { Name = name, Functions = [claim.Functions[0] with { Name = name }] };

    private static AbiFunction OfSet(System.Collections.Immutable.ImmutableArray<AbiInnerChoice> choices) => function with { InnerProofs = [function.InnerProofs[0] with { Choices = choices }] };

    public static TheoryData<string> Faults => ["slot", "name", "layout", "role", "machine"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void S3_inner_proof_that_does_not_fit_is_refused(string fault)
    {
        var proof = function.InnerProofs[0];
        Read(
            fault switch
            {
                "slot" => function with { InnerProofs = [proof with { Slot = 3 }] },
                "name" => function with { InnerProofs = [proof with { Name = "args.q" }] },
                "layout" => function with { Inputs = [function.Inputs[0], function.Inputs[1] with { Type = number with { Layout = ScalarLayout.Unsigned(128) } }] },
                "role" => function with { Inputs = [function.Inputs[0] with { Role = AbiInputRole.PrivateArgument }, function.Inputs[1]] },
                _ => function with { InnerProofs = [proof with { Claim = claim with { IsMachine = true } }] },
            },
            out var error);
        Assert.NotNull(error);
    }

    [Fact]
    public void S3_every_truncation_is_refused()
    {
        var bytes = Write(function);
        for (var length = 0; length < bytes.Length; length++)
        {
            var reader = new CanonicalReader(bytes.AsSpan(0, length));
            _ = AbiBinary.Read(ref reader);
            reader.Finish();
            Assert.NotNull(reader.Error);
        }
    }

    [Fact]
    public void Inner_history_is_read_as_it_was_written()
    {
        var read = Read(WithHistory(0, -1), out var error);
        Assert.Null(error);
        Assert.Equal(new AbiInnerHistory(Digests.OfTestKey("program"), new([0, -1])), Assert.Single(read.Functions[0].InnerProofs).History);
    }

    [Theory]
    [InlineData(-1, -1)] // no step
    [InlineData(0, 25)] // more than any key allows
    public void S3_history_without_room_or_with_too_much_is_refused(int first, int second)
    {
        Read(WithHistory(first, second), out var error);
        Assert.NotNull(error);
    }

    [Fact]
    public void S3_history_that_lacks_a_part_or_a_machine_is_refused()
    {
        var whole = WithHistory(1, 1);
        for (var i = 0; i < HistoryClaim.Parts.Length; i++)
        {
            Read(whole with { Inputs = whole.Inputs.SetItem(i, whole.Inputs[i] with { Name = "args.q" }) }, out var error);
            Assert.NotNull(error);
        }

        var proof = whole.InnerProofs[0];
        foreach (var other in new[] { claim, claim with { IsMachine = true, Functions = [] } })
        {
            Read(whole with { InnerProofs = [proof with { Claim = other, History = null }] }, out var error);
            Assert.NotNull(error);
        }
    }

    /// <summary>A function that verifies a history of a machine with two transitions.</summary>
    private static AbiFunction WithHistory(params int[] room)
    {
        var slot = 0;
        var inputs = HistoryClaim.Parts.Select(part => new AbiInput(
            $"args.h.{part.Path}", AbiInputRole.InnerStatement, new(part.Layout.Interval, part.Layout, part.Layout.Kind == ScalarKind.Digest ? ScalarFormat.Digest : ScalarFormat.Integer), slot++, 1));
        var machine = claim with { IsMachine = true, Functions = [claim.Functions[0], claim.Functions[0] with { Name = "U" }] };
        return new AbiFunction("T", [.. inputs], [], [], [], [], [])
        {
            InnerProofs = [new("args.h", machine, [1, 2, 3], slot, 40) { History = new(Digests.OfTestKey("program"), new([.. room])) }],
        };
    }

    private static byte[] Write(AbiFunction function)
    {
        var writer = new CanonicalWriter();
        AbiBinary.Write(writer, new("T", false, [], [function]));
        return writer.ToArray();
    }

    private static Abi Read(AbiFunction function, out FormatError? error)
    {
        var reader = new CanonicalReader(Write(function));
        var read = AbiBinary.Read(ref reader);
        reader.Finish();
        error = reader.Error;
        return read;
    }
}
