using System.Collections.Immutable;

namespace ProvingLayer.Language.Bound;

/// <summary>The parts of an expression, for readers to whom only the parts matter.</summary>
public static class BoundChildren
{
    /// <summary>
    /// The expressions that an expression evaluates, in that order: of a conditional or a match, its arms too; of a block, only its value.
    /// </summary>
    /// <param name="expression">The expression.</param>
    /// <returns>Its parts.</returns>
    public static ImmutableArray<BoundExpression> Children(this BoundExpression expression) => expression switch
    {
        BoundBlock { Value: { } value } => [value],
        BoundConditional e => [e.Condition, e.Then, e.Else],
        BoundStateMatch e => [.. e.Arms.Select(a => a.Value)],
        BoundStructElement e => [e.Receiver],
        BoundTupleElement e => [e.Receiver],
        BoundArrayElement e => [e.Receiver, e.Index],
        BoundTuple e => e.Elements,
        BoundArray e => e.Elements,
        BoundRepeat e => [e.Element],
        BoundStruct e => e.Values,
        BoundVariant e => e.Values,
        BoundIsVariant e => [e.Operand],
        BoundPayload e => [e.Receiver],
        BoundShuffle e => e.Operands,
        BoundByteHash e => [e.Operand],
        BoundDigestOf e => [e.Operand],
        BoundMerkleRoot e => [e.Leaf, e.Index, e.Siblings],
        BoundDisclose e => [e.Operand],
        BoundTrust e => [e.Operand],
        BoundStore e => [e.Operand],
        BoundArithmetic e => [e.Left, e.Right],
        BoundNegate e => [e.Operand],
        BoundAbsolute e => [e.Operand],
        BoundComparison e => [e.Left, e.Right],
        BoundEquality e => [e.Left, e.Right],
        BoundLogical e => [e.Left, e.Right],
        BoundNot e => [e.Operand],
        BoundInvoke e => e.Arguments,
        BoundViewCall e => e.Arguments,
        BoundOld e => [e.Operand],
        BoundConstruct e => e.Values,
        BoundFlow e => [e.Party],
        BoundMapGet e => [e.Key],
        BoundLedgerBalance e => [e.Key],
        BoundMachineMapRead e => [e.Read],
        BoundOpen e => [e.Signed, e.Key],
        BoundSign e => [e.Key, e.Operand],
        BoundVerify e => e.Arguments.Add(e.Proof),
        BoundProve e => e.Arguments,
        _ => ImmutableArray<BoundExpression>.Empty,
    };
}
