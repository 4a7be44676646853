using System.Collections.Immutable;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>All chips, in the order in which their tables stand in a circuit.</summary>
public static class ChipCatalog
{
    private static readonly ConstantChip Constant = new();
    private static readonly InputChip Input = new();
    private static readonly WitnessChip Witness = new();
    private static readonly ExtensionChip Extension = new();
    private static readonly WordSumChip WordSum = new();
    private static readonly WordProductChip WordProduct = new();
    private static readonly SelectChip Select = new();
    private static readonly EqualChip Equal = new();
    private static readonly PackChip Pack = new();
    private static readonly UnpackChip Unpack = new();
    private static readonly WordBytesChip WordBytes = new();
    private static readonly BitsChip Bits = new();
    private static readonly PoseidonChip<Poseidon2RoundText> Poseidon2 = new();
    private static readonly PoseidonChip<Poseidon1RoundText> Poseidon1 = new();
    private static readonly LimbsChip Limbs = new();
    private static readonly PublicChip Public = new();
    private static readonly RegroupChip Regroup = new();
    private static readonly HornerChip Horner = new();
    private static readonly FoldChip Fold = new();
    private static readonly ExclusiveOrChip ExclusiveOr = new();
    private static readonly KeccakChip Keccak = new();
    private static readonly Sha256RoundsChip Sha256Rounds = new();
    private static readonly Sha256SumChip Sha256Sum = new();

    /// <summary>The steps of histories.</summary>
    public static HistoryChip History { get; } = new();

    /// <summary>The range table.</summary>
    public static ByteChip Byte { get; } = new();

    /// <summary>All chips.</summary>
    public static ImmutableArray<Chip> All { get; } =
    [
        Constant, Input, Witness, Extension, WordSum, WordProduct, Select, Equal, Pack, Bits, Poseidon2, Poseidon1, Limbs, Unpack, WordBytes, Regroup, Horner, Fold,
        ExclusiveOr, Keccak, Sha256Rounds, Sha256Sum, Public, History, Byte,
    ];

    /// <summary>The chip with a name; false if there is none.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Chip? chip)
    {
        chip = All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        return chip is not null;
    }

    /// <summary>Whether a row of a chip is a permutation of a hash suite.</summary>
    public static bool IsPermutation(Chip chip) => ReferenceEquals(chip, Poseidon2) || ReferenceEquals(chip, Poseidon1);

    internal static OperationChip Of(Operation operation) => operation switch
    {
        Operation.Constant => Constant,
        Operation.Input or Operation.Advise => Input,
        Operation.Witness or Operation.AdviseWitness => Witness,
        Operation.Arithmetic => Extension,
        Operation.Add or Operation.Subtract => WordSum,
        Operation.Multiply => WordProduct,
        Operation.Select => Select,
        Operation.Equal => Equal,
        Operation.Pack => Pack,
        Operation.Unpack => Unpack,
        Operation.SplitBytes or Operation.JoinBytes => WordBytes,
        Operation.Bits => Bits,
        Operation.PermutePoseidon2 or Operation.MerkleStepPoseidon2 or Operation.AbsorbPoseidon2 => Poseidon2,
        Operation.PermutePoseidon1 or Operation.MerkleStepPoseidon1 or Operation.AbsorbPoseidon1 => Poseidon1,
        Operation.Spread or Operation.Join => Limbs,
        Operation.Regroup => Regroup,
        Operation.Horner => Horner,
        Operation.Fold => Fold,
        Operation.ExclusiveOr => ExclusiveOr,
        Operation.KeccakRound => Keccak,
        Operation.Sha256Rounds => Sha256Rounds,
        Operation.Sha256Sum => Sha256Sum,
        Operation.Public => Public,
        Operation.History => History,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
