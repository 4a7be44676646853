using System.Numerics;
using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;

namespace ProvingLayer.Tests.Programs;

/// <summary>What Bitcoin and Ethereum hash, from a program's text to a proof of the standard profile and its verdict.</summary>
public sealed class ForeignDigests
{
    private const string Source = """
        use std.btc;
        use std.btc.{Branch};
        use std.eth;

        error NotMined, NotIncluded;

        statement Settled(pub header: bytes<80>, transaction: bytes<32>, branch: Branch<2>, public_key: bytes<64>) -> address {
            require btc.is_mined(header, btc.MAIN_LIMIT) else NotMined;
            require btc.is_included(transaction, header, branch) else NotIncluded;
            disclose(eth.address_of(public_key))
        }
        """;

    /// <summary>Block 100,000 of Bitcoin's main chain, the third of its four transactions, and the public key of the private key 1.</summary>
    [Fact]
    public void Private_transaction_of_a_public_block_is_proved_and_no_other_header_or_address_goes_with_the_proof()
    {
        var program = Compilation.Check([new SourceFile("t.tenor", Source)]);
        Assert.Empty(program.Diagnostics);
        var artifact = CircuitEmitter.Emit(Compilation.Lower(Assert.Single(program.Targets), new DiagnosticBag())!).ToArtifact();
        Assert.True(TenorArtifact.TryRead(artifact.Write(), null, out var read, out _));
        var prover = read.GenerateKeys();
        var values = Values(
            "0100000050120119172a610421a6c3011dd330d9df07b63616c2cc1f1cd00200000000006657a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247e9f337221b4d4c86041b0f2b5710",
            place: 2);
        var proof = prover.Prove(WitnessInput.Of(prover.Artifact.Abi, "Settled", values));
        Assert.True(TenorVerifier.Verify(prover.Key, proof.Statement, proof.Proof).IsAccepted);
        Assert.Equal("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf", ScalarFormat.Bytes(20).Write(proof.Statement.Opened["result"]));

        // The last byte of the nonce, and the place of another transaction: no such proof is to be had.
        foreach (var (other, requirement) in new[]
        {
            (Values("0100000050120119172a610421a6c3011dd330d9df07b63616c2cc1f1cd00200000000006657a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247e9f337221b4d4c86041b0f2b5711", 2), "NotMined"),
            (Values("0100000050120119172a610421a6c3011dd330d9df07b63616c2cc1f1cd00200000000006657a9252aacd5c0b2940996ecff952228c3067cc38d4885efb5a4ac4247e9f337221b4d4c86041b0f2b5710", 3), "NotIncluded"),
        })
        {
            Assert.False(prover.TryExecute(WitnessInput.Of(prover.Artifact.Abi, "Settled", other), out _, out var error));
            Assert.Contains(requirement, error.ToString(), StringComparison.Ordinal);
        }

        foreach (var name in new[] { "args.header[1]", "result" })
        {
            var changed = proof.Statement.WithOpened(name, Scalar.Of(proof.Statement.Opened[name].Number + 1)).Redigested();
            Assert.False(TenorVerifier.Verify(prover.Key, changed, proof.Proof).IsAccepted);
        }
    }

    private static Dictionary<string, Scalar> Values(string header, int place)
    {
        var values = new Dictionary<string, Scalar>();
        Add("args.header", header);
        Add("args.transaction", "c46e239ab7d28e2c019b6d66ad8fae98a56ef1f21aeecb94d1b1718186f05963");
        values.Add("args.branch.place", Scalar.Of(place));
        Add("args.branch.siblings[0]", "1d0cb83721529a062d9675b98d6e5c587e4a770fc84ed00abc5a5de04568a6e9");
        Add("args.branch.siblings[1]", "15b88c5107195bf09eb9da89b83d95b3d070079a3c5c5d3d17d0dcd873fbdacc");
        Add("args.public_key", "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
        return values;

        void Add(string name, string digits)
        {
            var pieces = Convert.FromHexString(digits).Chunk(32).ToArray();
            for (var i = 0; i < pieces.Length; i++)
                values.Add(pieces.Length == 1 ? name : $"{name}[{i}]", Scalar.Of(new BigInteger(pieces[i], isUnsigned: true)));
        }
    }
}
