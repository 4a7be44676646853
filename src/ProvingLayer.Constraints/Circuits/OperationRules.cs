using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>What each operation takes and gives: the one place that says so, for the builder and for the reader of a circuit's binary form.</summary>
internal static class OperationRules
{
    /// <summary>Most results that one instruction may have.</summary>
    public const int MaximumResults = 64;

    /// <summary>Most words a number may have in an advice.</summary>
    public const int MaximumWords = 8;

    /// <summary>
    /// Checks the operands' types and the parameters and appends the types of the results; returns the fault, or null.
    /// </summary>
    public static string? Check(Operation operation, ReadOnlySpan<CellType> reads, ReadOnlySpan<int> parameters, List<CellType> results)
    {
        switch (operation)
        {
            case Operation.Constant:
                return Constant(reads, parameters, results);
            case Operation.Witness:
                return parameters is [not (int)CellType.Word, _] ? Check(Operation.Input, reads, parameters, results) : "a witness is a value or a block";
            case Operation.AdviseWitness:
                return Check(Operation.Advise, reads, parameters, results) ?? (results.Contains(CellType.Word) ? "a witness is a value or a block" : null);
            case Operation.Input:
                if (reads.Length != 0 || parameters.Length != 2 || !IsType(parameters[0]) || parameters[1] < 0)
                    return "an input has a type and a slot";
                results.Add((CellType)parameters[0]);
                return null;
            case Operation.Advise:
                return AdviceRules.Check(reads, parameters, results);
            case Operation.Arithmetic:
                if (!AreAll(reads, CellType.Value, 3) || parameters.Length != 5 || !AreElements(parameters))
                    return "arithmetic reads three values and has five coefficients";
                results.Add(CellType.Value);
                return null;
            case Operation.Add:
            case Operation.Subtract:
                if (reads.Length != 3 || !AreAll(reads[..2], CellType.Word, 2) || reads[2] != CellType.Value || parameters.Length != 0)
                    return "a sum reads two words and a carry";
                results.Add(CellType.Word);
                results.Add(CellType.Value);
                return null;
            case Operation.Multiply:
                if (!AreAll(reads, CellType.Word, 4) || parameters.Length != 0)
                    return "a product reads four words";
                results.Add(CellType.Word);
                results.Add(CellType.Word);
                return null;
            case Operation.Select:
                if (reads.Length != 3 || reads[0] != CellType.Value || !AreAlike(reads[1], reads[2]) || parameters.Length != 0)
                    return "a selection reads a boolean and two words or two blocks";
                results.Add(reads[1]);
                return null;
            case Operation.Equal:
                if (reads.Length != 2 || !AreAlike(reads[0], reads[1]) || parameters.Length != 0)
                    return "a comparison reads two words or two blocks";
                results.Add(CellType.Value);
                return null;
            case Operation.Pack:
                if (!AreAll(reads, CellType.Word, 2) || parameters.Length != 1 || parameters[0] is < 1 or >= Cells.Limbs)
                    return "packing reads two words and shifts by 1 to 7 limbs";
                results.Add(CellType.Word);
                return null;
            case Operation.Bits:
                if (!AreAll(reads, CellType.Value, 1) || parameters.Length != 1 || parameters[0] is < 1 or > 31)
                    return "a decomposition reads a value and gives 1 to 31 bits";
                for (var i = 0; i < parameters[0]; i++)
                    results.Add(CellType.Value);
                return null;
            case Operation.PermutePoseidon2:
            case Operation.PermutePoseidon1:
                if (reads.Length != 2 || reads[0] == CellType.Value || reads[1] != CellType.Block || parameters.Length != 0)
                    return "a permutation reads a block or word and a block";
                results.Add(CellType.Block);
                results.Add(CellType.Block);
                return null;
            case Operation.MerkleStepPoseidon2:
            case Operation.MerkleStepPoseidon1:
                return MerkleStep(reads, parameters, results);
            case Operation.AbsorbPoseidon2:
            case Operation.AbsorbPoseidon1:
                if (!AreAll(reads, CellType.Block, 1) || parameters.Length != 1 || parameters[0] < 0)
                    return "absorbing reads a block and has a slot";
                results.Add(CellType.Block);
                results.Add(CellType.Block);
                results.Add(CellType.Block);
                return null;
            case Operation.Regroup:
                if (!AreAll(reads, CellType.Block, 5) || parameters.Length != 0)
                    return "regrouping reads five blocks";
                for (var i = 0; i < Cells.Limbs; i++)
                    results.Add(CellType.Value);
                return null;
            case Operation.Horner:
                if (reads.Length != 6 || !AreAll(reads[..2], CellType.Value, 2) || !AreAll(reads[2..], CellType.Block, 4) || parameters.Length != 0)
                    return "Horner's rule reads two values and four blocks";
                results.Add(CellType.Value);
                return null;
            case Operation.Fold:
                if (reads.Length != 9 || !AreAll(reads[..5], CellType.Block, 5) || !AreAll(reads[5..], CellType.Value, 4) || parameters.Length != 0)
                    return "a fold reads five blocks and four values";
                results.Add(CellType.Value);
                results.Add(CellType.Value);
                return null;
            case Operation.ExclusiveOr:
                return AreAll(reads, CellType.Word, 2) && parameters.IsEmpty ? AddWords(results, 1) : "an exclusive or reads two words";
            case Operation.KeccakRound:
                return AreAll(reads, CellType.Word, KeccakChip.StateWords) && parameters is [>= 0 and < Keccak.Rounds]
                    ? AddWords(results, KeccakChip.StateWords)
                    : "a round of Keccak reads thirteen words and has a number";
            case Operation.Sha256Rounds:
                var message = parameters is [< Sha256RoundsChip.MessageRows] ? 1 : 0;
                return AreAll(reads, CellType.Word, Sha256RoundsChip.Operands + message) && parameters is [>= 0 and < Sha256RoundsChip.Rows]
                    ? AddWords(results, 5)
                    : "rounds of SHA-256 read eight words, one of a message if they are among the first, and have a number";
            case Operation.Sha256Sum:
                return AreAll(reads, CellType.Word, 4) && parameters.IsEmpty ? AddWords(results, 4) : "a sum of SHA-256 reads four words";
            case Operation.Unpack:
                if (!AreAll(reads, CellType.Word, 1) || parameters.Length != 0)
                    return "unpacking reads a word";
                for (var i = 0; i < Cells.Limbs; i++)
                    results.Add(CellType.Value);
                return null;
            case Operation.History:
                return AreAll(reads, CellType.Block, 2) && parameters.Length == 0 ? null : "a step of a history reads two blocks";
            case Operation.Public:
                if (reads.Length != 1 || parameters.Length != 3 || parameters[0] < 1 || parameters[0] > Cells.LimbsOf(reads[0])
                    || parameters[1] < 0 || parameters[2] != (int)reads[0])
                    return "a public value reads one cell, has some of its limbs, an index and the cell's type";
                return null;
            case Operation.Spread:
                if (!AreAll(reads, CellType.Block, 1) || parameters.Length != 0)
                    return "spreading reads a block";
                for (var i = 0; i < Cells.Limbs; i++)
                    results.Add(CellType.Value);
                return null;
            case Operation.Join:
                if (!AreAll(reads, CellType.Value, Cells.Limbs) || parameters.Length != 0)
                    return "joining reads eight values";
                results.Add(CellType.Block);
                return null;
            case Operation.SplitBytes:
                if (!AreAll(reads, CellType.Word, 1) || parameters.Length != 0)
                    return "splitting into bytes reads a word";
                for (var i = 0; i < Chips.WordBytesChip.Count; i++)
                    results.Add(CellType.Value);
                return null;
            case Operation.JoinBytes:
                if (!AreAll(reads, CellType.Value, Chips.WordBytesChip.Count) || parameters.Length != 0)
                    return "joining bytes reads sixteen values";
                results.Add(CellType.Word);
                return null;
            default:
                return "unknown operation";
        }
    }

    private static string? AddWords(List<CellType> results, int count)
    {
        for (var i = 0; i < count; i++)
            results.Add(CellType.Word);
        return null;
    }

    private static string? MerkleStep(ReadOnlySpan<CellType> reads, ReadOnlySpan<int> parameters, List<CellType> results)
    {
        if (reads.Length is not (2 or 3) || reads[0] != CellType.Block || reads[1] != CellType.Value || (reads.Length == 3 && reads[2] != CellType.Block))
            return "a Merkle step reads a block, a value and maybe a block";
        if (parameters.Length != 3 - reads.Length || (parameters.Length == 1 && parameters[0] < 0))
            return "a Merkle step has a sibling from a slot or as an operand";
        results.Add(CellType.Block);
        results.Add(CellType.Value);
        if (reads.Length == 2)
            results.Add(CellType.Block);
        return null;
    }

    /// <summary>Whether each result is a new cell, none one that was written before: where a row knows the address of the first alone, and where nothing is asserted.</summary>
    public static bool HasNewResults(Operation operation) => operation
        is Operation.Constant or Operation.Bits or Operation.Unpack or Operation.KeccakRound or Operation.Sha256Rounds or Operation.Sha256Sum;

    /// <summary>Whether an operation writes inputs.</summary>
    public static bool IsInput(Operation operation) => operation is Operation.Input or Operation.Witness;

    /// <summary>Whether an operation writes advice.</summary>
    public static bool IsAdvice(Operation operation) => operation is Operation.Advise or Operation.AdviseWitness;

    /// <summary>The result that an instruction takes from the input slot that its only parameter names: the sibling of a Merkle step, what a sponge absorbs. −1: none.</summary>
    public static int InputResult(Operation operation, int parameters) => operation switch
    {
        Operation.MerkleStepPoseidon2 or Operation.MerkleStepPoseidon1 when parameters == 1 => 2,
        Operation.AbsorbPoseidon2 or Operation.AbsorbPoseidon1 => 2,
        _ => -1,
    };

    private static string? Constant(ReadOnlySpan<CellType> reads, ReadOnlySpan<int> parameters, List<CellType> results)
    {
        if (reads.Length != 0 || parameters.Length != 1 + Cells.Limbs || !IsType(parameters[0]) || !AreElements(parameters[1..]))
            return "a constant has a type and eight field elements";
        var type = (CellType)parameters[0];
        if (parameters[(1 + Cells.LimbsOf(type))..].IndexOfAnyExcept(0) >= 0)
            return "a constant value has five limbs";
        if (type == CellType.Word && parameters[1..].IndexOfAnyExceptInRange(0, (1 << Cells.LimbBits) - 1) >= 0)
            return "a constant word has limbs below 2^16";
        results.Add(type);
        return null;
    }

    public static bool IsType(int type) => type is >= 0 and <= (int)CellType.Word;

    public static bool AreAll(ReadOnlySpan<CellType> types, CellType type, int count) =>
        types.Length == count && types.IndexOfAnyExcept(type) < 0;

    private static bool AreAlike(CellType left, CellType right) => left == right && left != CellType.Value;

    private static bool AreElements(ReadOnlySpan<int> values) => values.IndexOfAnyExceptInRange(0, (int)KoalaBear.Modulus - 1) < 0;
}
