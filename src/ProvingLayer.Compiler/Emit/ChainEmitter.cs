using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// A signature's chains as rows. The rows do not depend on the digits: each chain has all three steps, and a step that the digit has behind it is selected
/// away. The digits are bits of canonical decompositions, so a hash has one list of them.
/// </summary>
internal sealed class ChainEmitter(CircuitBuilder builder, SpongeEmitter sponge)
{
    /// <summary>The block with the leaf.</summary>
    public Cell Emit(Cell hash, ImmutableArray<Cell> chains)
    {
        var bits = builder.Spread(hash).Take(SignatureScheme.Elements).SelectMany(e => builder.Bits(e, SignatureScheme.BitsOfElement)).ToList();

        // Σ (3 − d) over the digits d = low + 2·high: at most 216, so it has eight bits.
        var checksum = builder.Zero;
        for (var i = 0; i < SignatureScheme.MessageDigits; i++)
        {
            var constant = i == 0 ? KoalaBear.FromCanonical(SignatureScheme.Last * SignatureScheme.MessageDigits) : KoalaBear.Zero;
            checksum = builder.Arithmetic(new(KoalaBear.Zero, -KoalaBear.One, -KoalaBear.FromCanonical(2), KoalaBear.One, constant), bits[2 * i], bits[(2 * i) + 1], checksum);
        }

        bits.AddRange(builder.Bits(checksum, 2 * SignatureScheme.ChecksumDigits));
        var ends = new List<(Wire, ScalarLayout)>();
        for (var i = 0; i < chains.Length; i++)
        {
            var (low, high) = (bits[2 * i], bits[(2 * i) + 1]);
            ImmutableArray<Cell> isPast = [builder.Or(low, high), high, builder.And(low, high)]; // d ≥ 1, 2, 3
            var value = chains[i];
            for (var position = 1; position <= SignatureScheme.Last; position++)
            {
                var next = builder.Permute(value, builder.ConstantBlock(SignatureScheme.StepCapacity(position).AsSpan()), name: "step of a chain").Rate;
                value = builder.Select(isPast[position - 1], value, next);
            }

            ends.Add((Wire.OfDigest(value), ScalarLayout.Digest));
        }

        return sponge.Hash(DomainTag.SignatureLeaf, ends);
    }
}
