using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Ir;

/// <summary>Writes a function instruction by instruction and types each as it is written.</summary>
public class IrBuilder
{
    private readonly ImmutableArray<IrInput>.Builder inputs = ImmutableArray.CreateBuilder<IrInput>();
    private readonly ImmutableArray<IrInstruction>.Builder instructions = ImmutableArray.CreateBuilder<IrInstruction>();
    private readonly ImmutableArray<IrType>.Builder types = ImmutableArray.CreateBuilder<IrType>();
    private readonly ImmutableArray<IrMark>.Builder marks = ImmutableArray.CreateBuilder<IrMark>();
    private readonly Dictionary<IrMark, int> markIndices = [];
    private readonly Dictionary<Scalar, IrValue> constants = [];
    private readonly Dictionary<int, Scalar> known = [];

    /// <summary>Instructions so far.</summary>
    public int Count => instructions.Count;

    /// <summary>Inputs so far.</summary>
    public int InputCount => inputs.Count;

    /// <summary>The place that later instructions come from.</summary>
    public IrMark Mark { get; set; } = IrMark.None;

    /// <summary>The arm, turn or call that later checks stand in.</summary>
    public FailureFrame? Frame { get; set; }

    /// <summary>The type of a value written before.</summary>
    public IrType TypeOf(IrValue value) => types[value.Id];

    /// <summary>Where an integer written before lies.</summary>
    public Interval IntervalOf(IrValue value) => types[value.Id].Interval;

    /// <summary>Adds an input and reads it.</summary>
    public IrValue Input(IrInput input)
    {
        inputs.Add(input);
        return Write(new IrInputOp(inputs.Count - 1)).First;
    }

    /// <summary>A constant; each is written once.</summary>
    public IrValue Constant(Scalar value)
    {
        if (!constants.TryGetValue(value, out var result))
        {
            constants.Add(value, result = Append(new IrConstant(value)).First);
            known.Add(result.Id, value);
        }

        return result;
    }

    /// <summary>What a value is known to be: that of a constant.</summary>
    public Scalar? KnownValue(IrValue value) => known.TryGetValue(value.Id, out var scalar) ? scalar : null;

    /// <summary>Whether a boolean is known.</summary>
    public bool? KnownTruth(IrValue value) => known.TryGetValue(value.Id, out var scalar) ? scalar.IsTrue : null;

    /// <summary>An integer constant.</summary>
    public IrValue Constant(BigInteger value) => Constant(Scalar.Of(value));

    /// <summary>A boolean constant.</summary>
    public IrValue Constant(bool value) => Constant(Scalar.Of(value));

    /// <summary>A digest constant.</summary>
    public IrValue Constant(Digest value) => Constant(Scalar.Of(value));

    /// <summary>left + right.</summary>
    public IrValue Add(IrValue left, IrValue right) => Binary(IrBinaryKind.Add, left, right);

    /// <summary>left − right.</summary>
    public IrValue Subtract(IrValue left, IrValue right) => Binary(IrBinaryKind.Subtract, left, right);

    /// <summary>left · right.</summary>
    public IrValue Multiply(IrValue left, IrValue right) => Binary(IrBinaryKind.Multiply, left, right);

    /// <summary>left &lt; right.</summary>
    public IrValue Less(IrValue left, IrValue right) => Binary(IrBinaryKind.Less, left, right);

    /// <summary>left ≤ right.</summary>
    public IrValue LessOrEqual(IrValue left, IrValue right) => Not(Less(right, left));

    /// <summary>left = right.</summary>
    public IrValue Equal(IrValue left, IrValue right) => Binary(IrBinaryKind.Equal, left, right);

    /// <summary>Both.</summary>
    public IrValue And(IrValue left, IrValue right) => Binary(IrBinaryKind.And, left, right);

    /// <summary>Either.</summary>
    public IrValue Or(IrValue left, IrValue right) => Binary(IrBinaryKind.Or, left, right);

    /// <summary>The other boolean.</summary>
    public IrValue Not(IrValue value) => Write(new IrNot(value)).First;

    /// <summary>⌊numerator / divisor⌋ and what remains.</summary>
    public (IrValue Quotient, IrValue Remainder) DivRem(IrValue numerator, IrValue divisor) => Write(new IrDivRem(numerator, divisor));

    /// <summary>One of two values.</summary>
    public IrValue Select(IrValue condition, IrValue whenTrue, IrValue whenFalse) => Write(new IrSelect(condition, whenTrue, whenFalse)).First;

    /// <summary>The value, checked to lie in the interval.</summary>
    public IrValue Narrow(IrValue value, Interval interval, IrFailure failure) => Write(new IrNarrow(value, interval, Framed(failure))).First;

    /// <summary>Requires the condition.</summary>
    public void Require(IrValue condition, IrFailure failure) => Write(new IrRequire(condition, Framed(failure)));

    /// <summary>The digest of a list of values.</summary>
    public IrValue Hash(DomainTag tag, params ReadOnlySpan<IrPart> parts) => Write(new IrHash(tag, [.. parts])).First;

    /// <summary>Writes an operation, and gives what stands for its results.</summary>
    public virtual (IrValue First, IrValue Second) Write(IrOp op) => Append(op);

    /// <summary>Declares an input that <see cref="IrInputOp"/> reads later: for passes that copy a function.</summary>
    public void Declare(IEnumerable<IrInput> declared) => inputs.AddRange(declared);

    /// <summary>The function.</summary>
    public IrFunction Build(string name, IrFunctionKind kind, int index, IEnumerable<IrPublic> publics, IEnumerable<IrOutput> outputs) => new()
    {
        Name = name,
        Kind = kind,
        Index = index,
        Inputs = inputs.ToImmutable(),
        Instructions = instructions.ToImmutable(),
        Types = types.ToImmutable(),
        Publics = [.. publics],
        Outputs = [.. outputs],
        Marks = marks.ToImmutable(),
    };

    /// <summary>Writes an operation as it is.</summary>
    protected (IrValue First, IrValue Second) Append(IrOp op)
    {
        var result = new IrValue(types.Count);
        types.AddRange(IrTyping.Results(op, inputs, TypeOf));
        if (!markIndices.TryGetValue(Mark, out var mark))
        {
            markIndices.Add(Mark, mark = marks.Count);
            marks.Add(Mark);
        }

        instructions.Add(new(result, op, mark));
        return (result, new(result.Id + 1));
    }

    private IrFailure Framed(IrFailure failure) => Frame is null ? failure : failure with { Frame = Frame };

    private IrValue Binary(IrBinaryKind kind, IrValue left, IrValue right) => Write(new IrBinary(kind, left, right)).First;
}
