namespace ProvingLayer.Constraints.Circuits;

/// <summary>What an instruction does. The numbers enter the binary form of a circuit and never change.</summary>
public enum Operation : byte
{
    /// <summary>Writes a constant. Parameters: the type, then eight field elements.</summary>
    Constant = 1,

    /// <summary>Writes an input of the circuit; a word is range-checked. Parameters: the type, the slot.</summary>
    Input = 2,

    /// <summary>
    /// Writes values that the prover computes and nothing pins; words are range-checked. Reads are hints and no messages. Parameters: the
    /// kind, the number of the kind's own parameters and these, then the type of each result.
    /// </summary>
    Advise = 3,

    /// <summary>d = k₀·a·b + k₁·a + k₂·b + k₃·c + k₄ over the extension. Parameters: the five base coefficients.</summary>
    Arithmetic = 4,

    /// <summary>Reads a, b, carry; writes a + b + carry mod 2^128 and the carry out.</summary>
    Add = 5,

    /// <summary>Reads a, b, borrow; writes a − b − borrow mod 2^128 and the borrow out.</summary>
    Subtract = 6,

    /// <summary>Reads a, b, e, f; writes the high and the low word of a·b + e + f, which is below 2^256.</summary>
    Multiply = 7,

    /// <summary>Reads a boolean and two words or two blocks; writes the first of the two for 1, the second for 0.</summary>
    Select = 8,

    /// <summary>Reads two words or two blocks; writes 1 if they are equal, else 0.</summary>
    Equal = 9,

    /// <summary>
    /// Reads two words; writes the first with the second above its first limbs. Parameter: the number n of limbs, 1 … 7. The limbs of the
    /// first from n on and the last n of the second must be zero.
    /// </summary>
    Pack = 10,

    /// <summary>Reads a base element; writes its lowest bits, the decomposition of its canonical integer. Parameter: how many, 1 … 31.</summary>
    Bits = 11,

    /// <summary>Reads a rate (block or word) and a capacity (block); writes both halves of the state permuted by Poseidon2.</summary>
    PermutePoseidon2 = 12,

    /// <summary>
    /// Reads a cell and appends its first limbs to the public values; its other limbs must be zero. Parameters: how many, the index of the first, the type.
    /// </summary>
    Public = 13,

    /// <summary>As <see cref="PermutePoseidon2"/>, by Poseidon.</summary>
    PermutePoseidon1 = 14,

    /// <summary>
    /// One level of a Merkle path. Reads a node (block) and its position (value, a base element p); writes the compression of the node with its sibling, the node on
    /// the right where p is odd, and the next position ⌊p/2⌋. Either the sibling is the input of a slot, a block, and the third result; parameter:
    /// the slot. Or it is the third operand.
    /// </summary>
    MerkleStepPoseidon2 = 15,

    /// <summary>As <see cref="MerkleStepPoseidon2"/>, by Poseidon.</summary>
    MerkleStepPoseidon1 = 16,

    /// <summary>Reads a word; writes its limbs, eight values.</summary>
    Unpack = 17,

    /// <summary>Reads two blocks, the carry of a history before and after this step. A circuit has one such instruction, or none. No parameters.</summary>
    History = 18,

    /// <summary>Reads a block; writes its eight limbs as values.</summary>
    Spread = 20,

    /// <summary>Reads eight values, each a base element; writes the block of them.</summary>
    Join = 21,

    /// <summary>
    /// As <see cref="PermutePoseidon2"/> of a rate that is the input of a slot, a block, and the third result. Reads the capacity. Parameter: the slot.
    /// </summary>
    AbsorbPoseidon2 = 22,

    /// <summary>As <see cref="AbsorbPoseidon2"/>, by Poseidon.</summary>
    AbsorbPoseidon1 = 23,

    /// <summary>Reads values a and x, four blocks v₀ … v₃₁; writes a·x³² + Σ vᵢxⁱ: thirty-two steps of Horner's rule, from the highest coefficient on.</summary>
    Horner = 24,

    /// <summary>Reads five blocks; writes the eight values whose limbs are their elements, one after the other.</summary>
    Regroup = 28,

    /// <summary>As <see cref="Input"/>, in a circuit without words: a value or a block.</summary>
    Witness = 26,

    /// <summary>As <see cref="Advise"/>, in a circuit without words.</summary>
    AdviseWitness = 27,

    /// <summary>
    /// One fold of FRI by eight. Reads five blocks, the limbs of eight values f₀ … f₇ one after the other; a value u; three bits of a number k, the lowest first. Writes f_k
    /// and p(u·ω^rev(k)), p the polynomial of degree below 8 with p(ω^rev(m)) = f_m, ω of order 8, rev the reversal of three bits. No parameters.
    /// </summary>
    Fold = 25,

    /// <summary>Reads a word; writes its sixteen bytes as values, the lowest first.</summary>
    SplitBytes = 29,

    /// <summary>Reads sixteen values, each a byte; writes the word of them, the first lowest.</summary>
    JoinBytes = 30,

    /// <summary>Reads two words; writes their exclusive or, bit by bit.</summary>
    ExclusiveOr = 40,

    /// <summary>
    /// Reads the thirteen words of a state of Keccak-f[1600], two lanes each, the last one only; writes those after a round. Parameter: the round, 0 … 23.
    /// </summary>
    KeccakRound = 41,

    /// <summary>
    /// Rounds 4k … 4k + 3 of a compression of SHA-256. Reads two words of state; the words that row k − 4 wrote third and fourth, row k − 3 fourth, rows k − 2 and k − 1 third, row k − 1
    /// fifth (any for k &lt; 4, as a rule zero); for k &lt; 4 a word of sixteen bytes of the message. Writes two words of state, four words of 32 bits of the schedule, σ₀ and σ₁ of these.
    /// Parameter: k, 0 … 15.
    /// </summary>
    Sha256Rounds = 42,

    /// <summary>
    /// Reads two words of a chaining value of SHA-256 and two of the state after the rounds; writes two words of the next chaining value, eight sums modulo 2^32, and two of its bytes as a
    /// digest has them.
    /// </summary>
    Sha256Sum = 43,
}
