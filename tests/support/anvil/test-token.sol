// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.0;

/// An ERC-20 that anybody may mint, with what real tokens do to payments: another event before Transfer, a fee taken
/// from what is moved, and a transfer that answers false.
contract TestToken {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Touched(address indexed by);

    /// With a character that nobody sees, and a line break.
    string public symbol = unicode"US\u200bDC\n";

    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    uint256 public feePercent;
    bool public paused;

    function mint(address to, uint256 value) external {
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function setFeePercent(uint256 percent) external {
        feePercent = percent;
    }

    function setPaused(bool value) external {
        paused = value;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        require(allowance[from][msg.sender] >= value, "allowance");
        allowance[from][msg.sender] -= value;
        return move(from, to, value);
    }

    function transferMany(address[] calldata to, uint256 value) external {
        for (uint256 n = 0; n < to.length; n++) move(msg.sender, to[n], value);
    }

    function move(address from, address to, uint256 value) private returns (bool) {
        if (paused) return false;
        require(balanceOf[from] >= value, "balance");
        uint256 fee = (value * feePercent) / 100;
        balanceOf[from] -= value;
        balanceOf[to] += value - fee;
        balanceOf[address(this)] += fee;
        emit Touched(from);
        if (fee > 0) emit Transfer(from, address(this), fee);
        emit Transfer(from, to, value - fee);
        return true;
    }
}
