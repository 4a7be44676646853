using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>
/// The step 'settle' of examples/03-settlement as somebody would write its circuit who has all day: the same inputs in the same slots, the same record, the same
/// public values, and no row more than it takes. What the compiler makes is measured against it.
/// </summary>
internal sealed class SettlementByHand
{
    private const int Depth = 20;
    private const int TransitionNumber = 3;

    // The slots of the inputs, in the order of the compiled circuit's.
    private const int Program = 0, NotBefore = 1, NotAfter = 2, Balances = 3, Sequence = 4, Before = 5, Salt = 6, NextSalt = 7, Spot = 8, Strike = 9, Quantity = 10, Holder = 11, Writer = 12, WriterBalance = 13, HolderBalance = 34;

    private readonly CircuitBuilder builder = new();

    /// <summary>The circuit.</summary>
    /// <param name="instance">The digest of the machine's name under its tag: a constant, for no data of it is fixed.</param>
    public static Circuit Build(Digest instance) => new SettlementByHand().Write(instance);

    private Circuit Write(Digest instance)
    {
        var one = builder.ConstantWord(1);
        var (notBefore, notAfter) = (Word(NotBefore), Word(NotAfter));
        var (sequence, before) = (Word(Sequence), Word(Before));

        // Not before its predecessor, not an empty interval, and not after the year 9999; what lies below something that does is in range too.
        builder.AssertAtMost(before, notBefore, "time");
        builder.AssertAtMost(notBefore, notAfter, "time");
        builder.AssertAtMost(notAfter, builder.ConstantWord(NumberOfTheLastSecond), "time");

        // max(spot − strike, 0) · quantity / 10^8. All three have 64 bits: the spot where it is hashed, the others by these rows.
        var (strike, quantity, spot) = (Word(Strike), Word(Quantity), Word(Spot));
        builder.AssertLimbs(strike, 4, "strike");
        builder.AssertLimbs(quantity, 4, "quantity");
        var (difference, isBelow) = builder.Subtract(spot, strike);
        var gain = builder.Select(isBelow, builder.ZeroWord, difference);
        var product = builder.MultiplyAdd(gain, quantity).Low; // of 128 bits
        var unit = builder.ConstantWord(100_000_000);
        var parts = builder.Advise(AdviceKind.DivRem, [product, unit], [CellType.Word, CellType.Word], [1, 1]);
        var (payoff, rest) = (parts[0], parts[1]);
        builder.AssertLess(rest, unit, "remainder");
        builder.MultiplyAdd(payoff, unit, rest, highIs: builder.ZeroWord, lowIs: product, name: "quotient");

        // The writer's balance falls and the holder's grows. Numbers have their bits by the leaf they stand in, accounts by the path they lead along.
        var (writer, holder) = (Word(Writer), Word(Holder));
        var (short_, long_) = (Word(WriterBalance), Word(HolderBalance));
        var balances = builder.Input(CellType.Block, Balances);
        var less = builder.Subtract(short_, payoff, borrowIs: builder.Zero, name: "uncovered").Difference;
        var paid = Replace(writer, short_, less, WriterBalance + 1, balances);
        var more = builder.Add(long_, payoff).Sum;
        var settled = Replace(holder, long_, more, HolderBalance + 1, paid);

        var next = builder.Add(sequence, one).Sum;
        var name = builder.ConstantBlock(instance.AsSpan());
        var pre = Record(name, sequence, before, balances, builder.Input(CellType.Block, Salt));
        var post = Record(name, next, notBefore, settled, builder.Input(CellType.Block, NextSalt));
        builder.Public(builder.Input(CellType.Block, Program), 8);
        builder.Public(builder.ConstantWord(TransitionNumber), 1);
        builder.Public(pre, 8);
        builder.Public(post, 8);
        builder.Public(Hash(DomainTag.Arguments, builder.Pack(spot, one, 4)), 8);
        builder.Public(builder.ConstantBlock(Digests.Of(DomainTag.Flows, []).AsSpan()), 8);
        builder.Public(builder.ConstantBlock(Digests.Of(DomainTag.Events, []).AsSpan()), 8);
        builder.Public(notBefore, 3);
        builder.Public(notAfter, 3);
        return builder.Build();
    }

    private const ulong NumberOfTheLastSecond = 253_402_300_799;

    private Cell Word(int slot) => builder.Input(CellType.Word, slot);

    // A leaf of the old value leads to the old root; one of the new value, beside the same siblings, to the new one.
    private Cell Replace(Cell account, Cell oldBalance, Cell newBalance, int siblings, Cell root)
    {
        var (oldNode, newNode) = (Leaf(account, oldBalance), Leaf(account, newBalance));
        var limbs = builder.Unpack(account);
        var at = limbs[0];
        for (var level = 0; level < Depth; level++)
        {
            var isLastOfLimb = level is 15 or Depth - 1;
            (oldNode, var after, var sibling) = builder.MerkleStep(
                oldNode, at, siblings + level, isLastOfLimb ? builder.Zero : null, level == Depth - 1 ? root : null);
            newNode = builder.MerkleStep(newNode, at, after, sibling);
            at = level == 15 ? limbs[1] : after;
        }

        return newNode;
    }

    private Cell Leaf(Cell account, Cell balance) => Hash(DomainTag.MapLeaf, builder.Pack(builder.Pack(account, balance, 2), builder.ConstantWord(1), 6));

    private Cell Record(Cell instance, Cell sequence, Cell before, Cell balances, Cell salt)
    {
        var one = builder.ConstantWord(1); // the state's tag, and the padding
        var header = Hash(DomainTag.Header, builder.Pack(builder.Pack(builder.Pack(one, sequence, 1), before, 4), one, 7));
        return Hash(DomainTag.Record, instance, header, Hash(DomainTag.PrivateRest, balances, salt, one), one);
    }

    private Cell Hash(DomainTag tag, params ReadOnlySpan<Cell> blocks)
    {
        var initial = new KoalaBear[8];
        initial[^1] = KoalaBear.FromCanonical((uint)tag);
        var (digest, capacity) = (default(Cell), builder.ConstantBlock(initial));
        foreach (var block in blocks)
            (digest, capacity) = builder.Permute(block, capacity);
        return digest;
    }
}
